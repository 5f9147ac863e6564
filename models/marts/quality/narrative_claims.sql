-- What the prose of a report says that can be checked, and what came of it; passes and what proves nothing included.
-- grain: claim_id
{{ config(materialized='table') }}

with claims as (
    select * from {{ ref('int_narrative__claims') }}
),

reasons as (
    select * from {{ ref('narrative_reasons') }}
)

select
    claims.claim_id,
    claims.finding_id,
    claims.report_id,
    claims.rule_id,
    claims.measure_code,
    claims.category_code,
    claims.sentence,
    claims.page_no,
    claims.line_no,
    claims.table_no,
    claims.line_code,
    claims.column_code,
    claims.left_value as claimed_value,
    claims.right_value as compared_value,
    claims.difference,
    claims.readings_zh,
    claims.readings_en,
    claims.verdict,
    claims.reason_code,
    reasons.reason_zh,
    reasons.reason_en
from claims
left join reasons on claims.reason_code = reasons.reason_code

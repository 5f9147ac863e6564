-- What the prose of a report says that can be checked, and what came of it; passes and what proves nothing included.
-- A view: readers get it as a table, so that the sentences are written once.
-- grain: claim_id
{{ config(materialized='view', meta={'published_as': 'table'}) }}

with claims as (
    select * from {{ ref('int_narrative__claims') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

sentences as (
    select * from {{ ref('stg_narrative_figures') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
),

reasons as (
    select * from {{ ref('narrative_reasons') }}
),

-- What is long is joined to numbers alone; the words, which are few, come last.
spelt_out as (
    select
        {{ claim_columns() }},
        claims.report_id,
        sentences.sentence,
        sentences.page_no,
        sentences.line_no,
        claims.left_value,
        claims.right_value,
        claims.verdict,
        claims.reason_code,
        reasons.reason_zh,
        reasons.reason_en
    from claims
    inner join reports on claims.report_id = reports.report_id
    inner join sentences on reports.document_id = sentences.document_id and claims.figure_no = sentences.figure_no
    left join readings on claims.report_id = readings.report_id and claims.claim_no = readings.claim_no
    left join claim_readings
        on claims.claim_no = claim_readings.claim_no and claims.form_version = claim_readings.form_version
    left join lists on claims.list_no = lists.list_no
    left join reasons on claims.reason_code = reasons.reason_code
)

select
    concat('C-', claim_key) as claim_id,
    case when verdict = 'fail' then {{ claim_finding_id() }} end as finding_id,
    report_id,
    rule_id,
    measure_code,
    category_code,
    sentence,
    page_no,
    line_no,
    table_no,
    line_code,
    column_code,
    cast(left_value as decimal(38, 6)) as claimed_value,
    cast(right_value as decimal(38, 6)) as compared_value,
    cast(left_value - right_value as decimal(38, 6)) as difference,
    {{ readings_text('zh') }} as readings_zh,
    {{ readings_text('en') }} as readings_en,
    verdict,
    reason_code,
    reason_zh,
    reason_en
from spelt_out

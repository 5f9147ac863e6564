-- Everything the prose says that can be checked: against the tables, parts against wholes, shares against two figures.
-- A view of what came of it, in numbers: its words are spelt out where they are shown (macros/claim_words.sql).
-- grain: report_id, claim_no, list_no, part_text, statement_no
{{ config(materialized='view') }}

select
    report_id,
    figure_no,
    claim_no,
    form_version,
    cast(null as smallint) as list_no,
    cast(null as varchar) as part_text,
    statement_no,
    left_value,
    right_value,
    verdict,
    reason_code
from {{ ref('int_narrative__table_claims') }}

union all

select
    report_id,
    figure_no,
    null as claim_no,
    null as form_version,
    list_no,
    null as part_text,
    statement_no,
    left_value,
    right_value,
    verdict,
    reason_code
from {{ ref('int_narrative__sums') }}

union all

-- A share is told by the part it is printed beside.
select
    report_id,
    figure_no,
    null as claim_no,
    null as form_version,
    null as list_no,
    part_text,
    statement_no,
    left_value,
    right_value,
    verdict,
    reason_code
from {{ ref('int_narrative__shares') }}

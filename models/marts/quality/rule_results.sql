-- The verdict on every equation of every rule that applies to a report: what was checked, not only what failed.
-- A view over the wide checks: written out it would have more rows than all reports have cells. Counts of it are in
-- rule_verdicts.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(materialized='view') }}

with column_checks as (
    select * from {{ ref('int_reconciliation__column_checks') }}
),

column_gaps as (
    select * from {{ ref('int_reconciliation__column_gaps') }}
),

row_checks as (
    select * from {{ ref('int_reconciliation__row_checks') }}
),

cell_checks as (
    select * from {{ ref('int_reconciliation__cell_checks') }}
),

outward_checks as (
    select * from {{ ref('int_reconciliation__outward_checks') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

{{ wide_equations() }},

table_verdicts as (
    {{ table_verdicts() }}
)

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    left_value,
    right_value,
    left_value - right_value as difference,
    verdict,
    missing_terms,
    cast(null as integer) as member_count,
    cast(null as integer) as expected_member_count
from table_verdicts

union all

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    left_value,
    right_value,
    left_value - right_value as difference,
    verdict,
    missing_terms,
    member_count,
    expected_member_count
from outward_checks

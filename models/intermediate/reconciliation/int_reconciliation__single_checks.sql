-- The checks that have a row for each equation: along a line, over two years, on the members of a consolidated report.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(materialized='view', tags=['published']) }}

with row_checks as (
    select * from {{ ref('int_reconciliation__row_checks') }}
),

linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
),

member_checks as (
    select * from {{ ref('int_reconciliation__member_checks') }}
)

select
    report_id,
    rule_id,
    table_no,
    line_code,
    '*' as column_code,
    left_value,
    right_value,
    verdict,
    missing_terms,
    cast(null as integer) as member_count
from row_checks

union all

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    left_value,
    right_value,
    verdict,
    missing_terms,
    cast(null as integer) as member_count
from linked_checks

union all

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    left_value,
    right_value,
    verdict,
    missing_terms,
    member_count
from member_checks

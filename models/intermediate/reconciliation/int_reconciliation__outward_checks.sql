-- The checks that look beyond a report: over two years, and on the members of a consolidated one.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(materialized='view', tags=['published']) }}

with linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
),

member_checks as (
    select * from {{ ref('int_reconciliation__member_checks') }}
),

coverage as (
    select distinct
        report_id,
        expected_member_count
    from {{ ref('int_documents__member_reports') }}
)

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
    cast(null as integer) as member_count,
    cast(null as integer) as expected_member_count
from linked_checks

union all

select
    member_checks.report_id,
    member_checks.rule_id,
    member_checks.table_no,
    member_checks.line_code,
    member_checks.column_code,
    member_checks.left_value,
    member_checks.right_value,
    member_checks.verdict,
    member_checks.missing_terms,
    member_checks.member_count,
    coverage.expected_member_count
from member_checks
inner join coverage on member_checks.report_id = coverage.report_id

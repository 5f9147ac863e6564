-- The verdict on every equation of every rule that applies to a report: what was checked, not only what failed.
-- A view over the wide checks: written out it would have more rows than all reports have cells.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(materialized='view') }}

with column_checks as (
    select * from {{ ref('int_reconciliation__column_checks') }}
),

cell_checks as (
    select * from {{ ref('int_reconciliation__cell_checks') }}
),

single_checks as (
    select * from {{ ref('int_reconciliation__single_checks') }}
),

column_gaps as (
    select * from {{ ref('int_reconciliation__column_gaps') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

{{ wide_equations() }},

results as (
    select
        column_checks.report_id,
        column_checks.rule_id,
        column_checks.table_no,
        equations.line_code,
        equations.column_code,
        {{ cell_of('column_checks.left', 'equations.column_no') }} as left_value,
        {{ cell_of('column_checks.right', 'equations.column_no') }} as right_value,
        {{ cell_of('column_checks.verdict', 'equations.column_no') }} as verdict,
        column_gaps.missing_terms,
        cast(null as integer) as member_count,
        cast(null as integer) as expected_member_count
    from column_checks
    inner join equations on {{ on_equation('column_checks') }}
    left join column_gaps
        on
            column_checks.report_id = column_gaps.report_id
            and column_checks.rule_id = column_gaps.rule_id
            and column_checks.table_no = column_gaps.table_no
            and equations.column_code = column_gaps.column_code

    union all

    select
        cell_checks.report_id,
        cell_checks.rule_id,
        cell_checks.table_no,
        equations.line_code,
        equations.column_code,
        {{ cell_of('cell_checks.value', 'equations.column_no') }} as left_value,
        {{ cell_of('cell_checks.bound', 'equations.column_no') }} as right_value,
        {{ cell_of('cell_checks.verdict', 'equations.column_no') }} as verdict,
        case
            when {{ cell_of('cell_checks.value', 'equations.column_no') }} is null
                then {{ missing_term(
                    'equations.line_code', 'equations.column_code', cell_of('cell_checks.status', 'equations.column_no')
                ) }}
        end as missing_terms,
        cast(null as integer) as member_count,
        cast(null as integer) as expected_member_count
    from cell_checks
    inner join equations on {{ on_equation('cell_checks') }} and cell_checks.line_code = equations.line_code

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
        member_count,
        expected_member_count
    from single_checks
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
    member_count,
    expected_member_count
from results

-- Every equation a report breaks, one row each: the little that findings and corrections start from.
-- grain: report_id, rule_id, table_no, line_code, column_code
with column_checks as (
    select * from {{ ref('int_reconciliation__column_checks') }}
    where {{ any_cell("verdict_# = 'fail'") }}
),

row_checks as (
    select * from {{ ref('int_reconciliation__row_checks') }}
    where has_failure
),

cell_checks as (
    select * from {{ ref('int_reconciliation__cell_checks') }}
    where has_failure
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

{{ wide_equations() }},

failed as (
    select
        column_checks.report_id,
        column_checks.rule_id,
        column_checks.form_version,
        column_checks.table_no,
        equations.line_code,
        equations.column_code,
        {{ cell_of('column_checks.left', 'equations.column_no') }} as left_value,
        {{ cell_of('column_checks.right', 'equations.column_no') }} as right_value
    from column_checks
    inner join equations on {{ on_equation('column_checks') }}
    where {{ cell_of('column_checks.verdict', 'equations.column_no') }} = 'fail'

    union all

    select
        cell_checks.report_id,
        cell_checks.rule_id,
        cell_checks.form_version,
        cell_checks.table_no,
        equations.line_code,
        equations.column_code,
        {{ cell_of('cell_checks.value', 'equations.column_no') }} as left_value,
        {{ cell_of('cell_checks.bound', 'equations.column_no') }} as right_value
    from cell_checks
    inner join equations on {{ on_equation('cell_checks') }} and cell_checks.line_code = equations.line_code
    where {{ cell_of('cell_checks.verdict', 'equations.column_no') }} = 'fail'

    union all

    select
        report_id,
        rule_id,
        form_version,
        table_no,
        line_code,
        '*' as column_code,
        left_value,
        right_value
    from row_checks
)

select
    -- Stable over builds, revisions and file names: the same fault of the same report keeps its name.
    concat('F-', left(md5(concat_ws(
        '|', failed.report_id, failed.rule_id, failed.line_code, failed.column_code
    )), 12)) as finding_id,
    failed.*,
    failed.left_value - failed.right_value as difference
from failed

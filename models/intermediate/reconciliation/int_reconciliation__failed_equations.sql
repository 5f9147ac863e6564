-- Every equation a report breaks: which ones, and no figures; those are read from the lines of the few reports.
-- grain: report_id, rule_id, table_no, line_code, column_code
with suspect_lines as (
    select * from {{ ref('int_reconciliation__suspect_lines') }}
),

whole_tables as (
    select * from {{ ref('int_reconciliation__suspect_table_lines') }}
),

column_checks as (
    {{ column_checks('whole_tables') }}
),

row_sums as (
    {{ row_sums('suspect_lines') }}
),

cell_checks as (
    {{ cell_checks('suspect_lines') }}
),

linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
    where verdict = 'fail'
),

member_checks as (
    select * from {{ ref('int_reconciliation__member_checks') }}
    where verdict = 'fail'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

{{ wide_equations() }},

failed as (
    select
        column_checks.report_id,
        column_checks.rule_id,
        column_checks.form_version,
        column_checks.table_no,
        equations.line_code,
        equations.column_code
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
        equations.column_code
    from cell_checks
    inner join equations on {{ on_equation('cell_checks') }} and cell_checks.line_code = equations.line_code
    where cell_checks.is_suspect and {{ cell_of('cell_checks.fails', 'equations.column_no') }}

    union all

    select
        report_id,
        rule_id,
        form_version,
        table_no,
        line_code,
        '*' as column_code
    from row_sums
    where not holds and not has_gap

    union all

    select
        report_id,
        rule_id,
        form_version,
        table_no,
        line_code,
        column_code
    from linked_checks

    union all

    select
        report_id,
        rule_id,
        form_version,
        table_no,
        line_code,
        column_code
    from member_checks
)

select
    -- Stable over builds and revisions: the same fault of the same file keeps its name.
    concat('F-', left(md5(concat_ws(
        '|', reports.source_path, failed.rule_id, failed.line_code, failed.column_code
    )), 12)) as finding_id,
    failed.*
from failed
inner join reports on failed.report_id = reports.report_id

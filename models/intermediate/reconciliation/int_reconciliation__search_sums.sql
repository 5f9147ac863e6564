-- The sums of the reports to search, broken or not, in which every term is printed: left minus right. Exact are those
-- of whole figures none of which is rounded; a sum that leaves a range open proves no value.
-- grain: report_id, rule_id, table_no, line_code, column_code
with searched as (
    select * from {{ ref('int_reconciliation__search_reports') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where not is_linked
),

linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

figures as (
    select
        lines.report_id,
        terms.rule_id,
        terms.form_version,
        terms.table_no,
        terms.line_code,
        terms.column_code,
        rules.tolerance,
        case terms.side when 'left' then terms.weight else -terms.weight end as weight,
        {{ cell_of('lines.value', 'terms.term_column_no') }} as value,
        {{ cell_of('lines.step', 'terms.term_column_no') }} as precision_step
    from searched
    inner join lines on searched.report_id = lines.report_id and searched.table_no = lines.table_no
    inner join terms
        on
            lines.form_version = terms.form_version
            and lines.table_no = terms.table_no
            and lines.line_code = terms.term_line_code
    inner join rules on terms.rule_id = rules.rule_id
),

sums as (
    select
        report_id,
        cast(null as bigint) as previous_report_id,
        rule_id,
        form_version,
        cast(null as varchar) as earlier_form_version,
        table_no,
        line_code,
        column_code,
        sum(weight * value) as difference,
        bool_and(
            tolerance = 0 and precision_step is null and value % 1 = 0 and abs(value) < 1000000000000
        ) as is_exact
    from figures
    group by report_id, rule_id, form_version, table_no, line_code, column_code
    having count(*) = count(value)

    union

    select
        linked_checks.report_id,
        linked_checks.previous_report_id,
        linked_checks.rule_id,
        linked_checks.form_version,
        linked_checks.earlier_form_version,
        linked_checks.table_no,
        linked_checks.line_code,
        linked_checks.column_code,
        linked_checks.left_value - linked_checks.right_value as difference,
        linked_checks.is_exact
        and linked_checks.left_value % 1 = 0 and linked_checks.right_value % 1 = 0
        and abs(linked_checks.left_value) < 1000000000000 as is_exact
    from linked_checks
    inner join rules on linked_checks.rule_id = rules.rule_id
    inner join searched
        on
            linked_checks.table_no = searched.table_no
            and searched.report_id in (linked_checks.report_id, linked_checks.previous_report_id)
    where linked_checks.verdict in ('pass', 'fail')
)

select
    concat_ws('|', reports.agency_id, reports.scope, sums.table_no) as family_id,
    reports.fiscal_year,
    sums.report_id,
    sums.previous_report_id,
    sums.rule_id,
    sums.form_version,
    sums.earlier_form_version,
    sums.table_no,
    sums.line_code,
    sums.column_code,
    case when sums.is_exact then cast(sums.difference as bigint) end as difference,
    sums.is_exact,
    failed_equations.finding_id
from sums
inner join reports on sums.report_id = reports.report_id
left join failed_equations
    on
        sums.report_id = failed_equations.report_id
        and sums.rule_id = failed_equations.rule_id
        and sums.table_no = failed_equations.table_no
        and sums.line_code = failed_equations.line_code
        and sums.column_code = failed_equations.column_code

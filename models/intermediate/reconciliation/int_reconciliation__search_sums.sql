-- The sums of the reports to search, broken or not, in which every term is printed: left minus right. Exact are those
-- of whole figures none of which is rounded; a sum that leaves a range open proves no value.
-- grain: report_id, rule_id, table_no, line_code, column_code
with searched as (
    select * from {{ ref('int_reconciliation__search_reports') }}
),

figures as (
    select * from {{ ref('int_reconciliation__search_figures') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
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

-- A sum over two years is searched with either of them.
sums_over_years as (
    select *
    from linked_checks
    where
        verdict in ('pass', 'fail')
        and rule_id in (select rules.rule_id from rules)
        and (
            (report_id, table_no) in (select (searched.report_id, searched.table_no) from searched)
            or (previous_report_id, table_no) in (select (searched.report_id, searched.table_no) from searched)
        )
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
        bool_and(tolerance = 0 and precision_step is null and value % 1 = 0 and abs(value) < 1000000000000) as is_exact
    from figures
    group by report_id, rule_id, form_version, table_no, line_code, column_code
    having count(*) = count(value)

    union all

    select
        report_id,
        previous_report_id,
        rule_id,
        form_version,
        earlier_form_version,
        table_no,
        line_code,
        column_code,
        left_value - right_value as difference,
        is_exact and left_value % 1 = 0 and right_value % 1 = 0 and abs(left_value) < 1000000000000 as is_exact
    from sums_over_years
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

-- The sums of the tables to search in which every term is printed, by number: all of them; those that leave a range
-- open and prove no value, for a figure in them is rounded, a fraction or huge; and those that are broken, with left
-- minus right. A sum over two years is searched with either of them.
-- grain: report_id, table_no
with searched as (
    select * from {{ ref('int_reconciliation__search_reports') }}
),

figures as (
    select * from {{ ref('int_reconciliation__search_figures') }}
),

terms as (
    select * from {{ ref('int_reconciliation__search_terms') }}
),

linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
    where verdict in ('pass', 'fail')
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

numbered as (
    select distinct
        sum_no,
        rule_id,
        form_version,
        earlier_form_version,
        table_no,
        line_code,
        column_code,
        has_tolerance
    from terms
),

sums as (
    select
        report_id,
        table_no,
        cast(null as bigint) as previous_report_id,
        sum_no,
        sum(weight * value) as difference,
        bool_and(
            not has_tolerance and precision_step is null and value % 1 = 0 and abs(value) < 1000000000000
        ) as is_exact
    from figures
    group by report_id, table_no, sum_no
    having count(*) = count(value)

    union all

    select
        linked_checks.report_id,
        linked_checks.table_no,
        linked_checks.previous_report_id,
        numbered.sum_no,
        linked_checks.left_value - linked_checks.right_value as difference,
        linked_checks.is_exact
        and linked_checks.left_value % 1 = 0
        and linked_checks.right_value % 1 = 0
        and abs(linked_checks.left_value) < 1000000000000 as is_exact
    from linked_checks
    inner join numbered
        on
            linked_checks.rule_id = numbered.rule_id
            and linked_checks.form_version = numbered.form_version
            and linked_checks.earlier_form_version = numbered.earlier_form_version
            and linked_checks.table_no = numbered.table_no
            and linked_checks.line_code = numbered.line_code
            and linked_checks.column_code = numbered.column_code
    where
        (linked_checks.report_id, linked_checks.table_no)
        in (select (searched.report_id, searched.table_no) from searched)
        or (linked_checks.previous_report_id, linked_checks.table_no)
        in (select (searched.report_id, searched.table_no) from searched)
),

broken as (
    select
        failed_equations.finding_id,
        failed_equations.report_id,
        numbered.sum_no
    from failed_equations
    inner join numbered
        on
            failed_equations.rule_id = numbered.rule_id
            and failed_equations.form_version = numbered.form_version
            and failed_equations.table_no = numbered.table_no
            and failed_equations.line_code = numbered.line_code
            and failed_equations.column_code = numbered.column_code
)

select
    concat_ws('|', reports.agency_id, reports.scope, sums.table_no) as family_id,
    reports.fiscal_year,
    sums.report_id,
    max(sums.previous_report_id) as previous_report_id,
    sums.table_no,
    list(sums.sum_no) as sums,
    list(sums.sum_no) filter (not sums.is_exact) as inexact_sums,
    list(sums.sum_no) filter (sums.is_exact and broken.finding_id is not null) as broken_sums,
    list(cast(sums.difference as bigint)) filter (sums.is_exact and broken.finding_id is not null) as differences,
    list(broken.finding_id) filter (sums.is_exact and broken.finding_id is not null) as finding_ids
from sums
inner join reports on sums.report_id = reports.report_id
left join broken on sums.report_id = broken.report_id and sums.sum_no = broken.sum_no
-- What no finding calls broken although it does not add up was not asked of this report.
where not sums.is_exact or (broken.finding_id is null) = (sums.difference = 0)
group by all

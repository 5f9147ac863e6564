-- One agency through the years: headline figures of every report, whether it came in time, and the years without one.
-- grain: fiscal_year, scope
with years as (
    select fiscal_year
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

reports as (
    select
        headline.*,
        report.table2_form,
        report.table3_form
    from marts.agency_year as headline
    inner join marts.dim_report as report on headline.report_id = report.report_id
    where headline.agency_id = $agency_id
),

owed as (
    select
        fiscal_year,
        report_id,
        status,
        days_late,
        published_on
    from marts.reporting_status
    where agency_id = $agency_id
),

unsettled as (
    select
        report_id,
        sum(equation_count)::integer as equations
    from quality.rule_verdicts
    where verdict = 'not_evaluable' and report_id in (select reports.report_id from reports)
    group by report_id
)

select
    years.fiscal_year,
    $agency_id as agency_id,
    reports.report_id,
    reports.scope_code as scope,
    reports.scope_code as reported_scope_code,
    reports.table2_form,
    reports.table3_form,
    reports.new_count,
    reports.new_count_status,
    reports.new_count_is_doubtful,
    reports.closed_count,
    reports.closed_count_status,
    reports.closed_count_is_doubtful,
    reports.carried_out_count,
    reports.carried_out_count_status,
    reports.carried_out_count_is_doubtful,
    reports.disclosure_rate,
    reports.disclosure_rate_numerator,
    reports.disclosure_rate_denominator,
    reports.disclosure_rate_status,
    reports.disclosure_rate_is_doubtful,
    reports.reconsideration_count,
    reports.reconsideration_count_status,
    reports.reconsideration_count_is_doubtful,
    reports.litigation_count,
    reports.litigation_count_status,
    reports.litigation_count_is_doubtful,
    reports.cells_reported,
    reports.cells_total,
    reports.open_hard_findings,
    reports.open_soft_findings,
    coalesce(unsettled.equations, 0) as equations_not_evaluable,
    owed.status,
    owed.days_late,
    owed.published_on
from years
left join reports on years.fiscal_year = reports.fiscal_year
left join owed
    on years.fiscal_year = owed.fiscal_year and (owed.report_id = reports.report_id or reports.report_id is null)
left join unsettled on reports.report_id = unsettled.report_id
order by years.fiscal_year desc, reports.scope_code asc

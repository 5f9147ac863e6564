-- The share of applications that agencies carried over to the next year (结转率), with its cases. $report_ids are the
-- reports of shared/reports. grain: subject_id, fiscal_year
with years as (
    select fiscal_year
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

subjects as (
    select agency_id
    from marts.dim_agency
    where list_contains($agency_ids, agency_id)
),

reports as (
    select agency_id, fiscal_year, report_id, scope_code, columns('^carry_over_rate')
    from marts.agency_year
    where list_contains($report_ids, report_id)
)

select
    subjects.agency_id as subject_id,
    years.fiscal_year,
    'carried_out' as line_code,
    report.table3_form as form_version,
    reports.report_id,
    reports.scope_code as scope,
    reports.carry_over_rate as figure,
    reports.carry_over_rate_numerator as numerator,
    reports.carry_over_rate_denominator as denominator,
    coalesce(reports.carry_over_rate_status, 'no_report') as figure_status,
    coalesce(nullif(reports.scope_code, 'unknown'), '') as basis,
    coalesce(reports.carry_over_rate_is_doubtful, false) as is_doubtful,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count
from subjects
cross join years
left join reports on subjects.agency_id = reports.agency_id and years.fiscal_year = reports.fiscal_year
left join marts.dim_report as report on reports.report_id = report.report_id
order by subjects.agency_id, years.fiscal_year

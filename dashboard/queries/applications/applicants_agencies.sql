-- New applications of agencies by kind of applicant, as shares of the total of the line; $report_ids are the
-- reports of shared/reports. grain: subject_id, fiscal_year, applicant_type_code
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
    select agency_id, fiscal_year, report_id, scope_code, new_count, new_count_status, new_count_is_doubtful
    from marts.agency_year
    where list_contains($report_ids, report_id)
),

cells as (
    select report_id, applicant_type_code, new_count, new_count_status
    from marts.fct_applications
    where list_contains($report_ids, report_id)
)

select
    subjects.agency_id as subject_id,
    years.fiscal_year,
    applicant.applicant_type_code,
    applicant.name_zh as applicant_name_zh,
    applicant.name_en as applicant_name_en,
    report.table3_form as form_version,
    reports.report_id,
    reports.scope_code as scope,
    cells.new_count as figure,
    coalesce(cells.new_count_status, 'no_report') as figure_status,
    coalesce(reports.new_count_is_doubtful, false) as is_doubtful,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    reports.new_count as denominator,
    coalesce(reports.new_count_status, 'no_report') as denominator_status,
    (cells.new_count / nullif(reports.new_count, 0))::double as share
from subjects
cross join years
cross join marts.dim_applicant_type as applicant
left join reports on subjects.agency_id = reports.agency_id and years.fiscal_year = reports.fiscal_year
left join cells on reports.report_id = cells.report_id and applicant.applicant_type_code = cells.applicant_type_code
left join marts.dim_report as report on reports.report_id = report.report_id
order by subjects.agency_id, years.fiscal_year, applicant.column_no

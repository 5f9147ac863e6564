-- Applications in and out of agencies through the years, as each reported them. `basis` is the scope: figures of
-- different scopes are not compared. A year without a report is there as no_report. $report_ids are the reports of
-- shared/reports. grain: subject_id, fiscal_year, measure_code
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
    select *
    from marts.agency_year
    where list_contains($report_ids, report_id)
),

measured as (
    select
        agency_id,
        fiscal_year,
        report_id,
        scope_code,
        unnest(
            [
                {'no': 1, 'value': new_count, 'status': new_count_status, 'doubt': new_count_is_doubtful},
                {'no': 2, 'value': carried_in_count, 'status': carried_in_count_status, 'doubt': carried_in_count_is_doubtful},
                {'no': 3, 'value': closed_count, 'status': closed_count_status, 'doubt': closed_count_is_doubtful},
                {'no': 4, 'value': carried_out_count, 'status': carried_out_count_status, 'doubt': carried_out_count_is_doubtful}
            ]
        ) as measure
    from reports
),

measures (measure_code, line_code, measure_no) as (
    values
    ('new_count', 'new', 1), ('carried_in_count', 'carried_in', 2), ('closed_count', 'closed', 3), ('carried_out_count', 'carried_out', 4)
),

figures as (
    select
        subjects.agency_id as subject_id,
        years.fiscal_year,
        measures.measure_code,
        measures.measure_no,
        measures.line_code,
        measured.report_id,
        measured.scope_code as scope,
        measured.measure['value'] as figure,
        coalesce(measured.measure['status'], 'no_report') as figure_status,
        coalesce(nullif(measured.scope_code, 'unknown'), '') as basis,
        coalesce(measured.measure['doubt'], false) as is_doubtful
    from subjects
    cross join years
    cross join measures
    left join measured
        on
            subjects.agency_id = measured.agency_id
            and years.fiscal_year = measured.fiscal_year
            and measures.measure_no = measured.measure['no']
)

select
    figures.subject_id,
    figures.fiscal_year,
    figures.measure_code,
    figures.line_code,
    report.table3_form as form_version,
    figures.report_id,
    figures.scope,
    figures.figure,
    figures.figure_status,
    figures.basis,
    figures.is_doubtful,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    case
        when figures.basis <> '' and lag(figures.basis) over by_measure = figures.basis
            then (figures.figure - lag(figures.figure) over by_measure) / nullif(lag(figures.figure) over by_measure, 0)
    end::double as change_rate
from figures
left join marts.dim_report as report on figures.report_id = report.report_id
window by_measure as (partition by figures.subject_id, figures.measure_code order by figures.fiscal_year)
order by figures.subject_id, figures.measure_no, figures.fiscal_year

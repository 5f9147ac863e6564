-- What became of the applications agencies closed, by group of outcomes （一）-（六）, as shares of all closed.
-- $report_ids are the reports of shared/reports. grain: subject_id, fiscal_year, group_code
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
        closed_count,
        closed_count_status,
        unnest(
            [
                {'no': 1, 'value': granted_count, 'status': granted_count_status, 'doubt': granted_count_is_doubtful},
                {'no': 2, 'value': partial_count, 'status': partial_count_status, 'doubt': partial_count_is_doubtful},
                {'no': 3, 'value': denied_count, 'status': denied_count_status, 'doubt': denied_count_is_doubtful},
                {'no': 4, 'value': unable_count, 'status': unable_count_status, 'doubt': unable_count_is_doubtful},
                {'no': 5, 'value': declined_count, 'status': declined_count_status, 'doubt': declined_count_is_doubtful},
                {
                    'no': 6,
                    'value': other_processing_count,
                    'status': other_processing_count_status,
                    'doubt': other_processing_count_is_doubtful
                }
            ]
        ) as measure
    from reports
),

groups (group_code, group_no) as (
    values ('granted', 1), ('partial', 2), ('denied', 3), ('unable', 4), ('declined', 5), ('other_processing', 6)
)

select
    subjects.agency_id as subject_id,
    years.fiscal_year,
    groups.group_code,
    report.table3_form as form_version,
    measured.report_id,
    measured.scope_code as scope,
    measured.measure['value'] as figure,
    coalesce(measured.measure['status'], 'no_report') as figure_status,
    coalesce(measured.measure['doubt'], false) as is_doubtful,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    measured.closed_count as denominator,
    coalesce(measured.closed_count_status, 'no_report') as denominator_status,
    (measured.measure['value'] / nullif(measured.closed_count, 0))::double as share
from subjects
cross join years
cross join groups
left join measured
    on
        subjects.agency_id = measured.agency_id
        and years.fiscal_year = measured.fiscal_year
        and groups.group_no = measured.measure['no']
left join marts.dim_report as report on measured.report_id = report.report_id
order by subjects.agency_id, years.fiscal_year, groups.group_no

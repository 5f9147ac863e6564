-- The lines of （一）-（六） of reports as printed, with the share of all closed. A printed 总计 that is not there is the
-- sum of six reported applicants (derived), as in agency_year. grain: subject_id, line_code
with reports as (
    select agency_id, report_id, scope_code, closed_count
    from marts.agency_year
    where list_contains($report_ids, report_id)
),

totals as (
    select report_id, line_code, total_count, total_count_status
    from marts.fct_printed_totals
    where list_contains($report_ids, report_id) and table_no = 3
),

applicants as (
    select
        report_id,
        outcome_code as line_code,
        case when count(outcome_count) = 6 then sum(outcome_count) end as derived_count
    from marts.fct_outcomes
    where list_contains($report_ids, report_id)
    group by report_id, outcome_code
),

lines as (
    select
        totals.report_id,
        totals.line_code,
        coalesce(totals.total_count, applicants.derived_count) as figure,
        case
            when totals.total_count is null and applicants.derived_count is not null then 'derived'
            else totals.total_count_status
        end as figure_status
    from totals
    inner join applicants on totals.report_id = applicants.report_id and totals.line_code = applicants.line_code
)

select
    reports.agency_id as subject_id,
    outcome.outcome_code as line_code,
    outcome.outcome_group_code as group_code,
    outcome.name_zh as line_name_zh,
    outcome.name_en as line_name_en,
    reports.report_id,
    reports.scope_code as scope,
    lines.figure,
    coalesce(lines.figure_status, 'other_form') as figure_status,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    reports.closed_count as denominator,
    (lines.figure / nullif(reports.closed_count, 0))::double as share
from reports
cross join marts.dim_outcome as outcome
left join lines on reports.report_id = lines.report_id and outcome.outcome_code = lines.line_code
order by reports.agency_id, outcome.line_no, outcome.form_versions

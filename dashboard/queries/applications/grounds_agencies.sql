-- The lines of （一）-（六） of reports as printed, with the share of all closed. A printed 总计 that is not
-- there is the sum of six reported applicants (derived), as in agency_year. grain: subject_id, line_code
with reports as (
    select agency_id, report_id, scope_code, closed_count
    from marts.agency_year
    where list_contains($report_ids, report_id)
),

totals as (
    select report_id, line_code, total_count, total_count_status
    from marts.fct_printed_totals
    where table_no = 3 and list_contains($report_ids, report_id)
),

parts as (
    select
        report_id,
        outcome_code,
        case when count(outcome_count) = 6 then sum(outcome_count) end as derived_count
    from marts.fct_outcomes
    where list_contains($report_ids, report_id)
    group by report_id, outcome_code
)

select
    reports.agency_id as subject_id,
    outcome.outcome_code as line_code,
    outcome.outcome_group_code as group_code,
    outcome.name_zh as line_name_zh,
    outcome.name_en as line_name_en,
    reports.report_id,
    reports.scope_code as scope,
    coalesce(totals.total_count, parts.derived_count) as figure,
    case
        when totals.line_code is null then 'other_form'
        when totals.total_count is null and parts.derived_count is not null then 'derived'
        else totals.total_count_status
    end as figure_status,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    reports.closed_count as denominator,
    (coalesce(totals.total_count, parts.derived_count) / nullif(reports.closed_count, 0))::double as share
from reports
cross join marts.dim_outcome as outcome
left join totals on reports.report_id = totals.report_id and outcome.outcome_code = totals.line_code
left join parts on reports.report_id = parts.report_id and outcome.outcome_code = parts.outcome_code
order by reports.agency_id, outcome.line_no, outcome.form_versions

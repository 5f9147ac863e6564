-- The lines of （一）-（六） of reports as printed, with the share of all closed. A printed 总计 that is not
-- there is the sum of six reported applicants (derived), as in agency_year. grain: subject_id, line_code
with reports as (
    select agency_id, report_id, scope_code, closed_count
    from marts.agency_year
    where list_contains($report_ids, report_id)
),

-- Totals and their parts from one reading of the form: fct_printed_totals and fct_outcomes are two.
cells as (
    select
        cell.report_id,
        cell.line_code,
        cell.column_code,
        cell.value_status,
        coalesce(cast(correction.decision as decimal(24, 6)), cell.value) as cell_value
    from marts.form_cells as cell
    left join quality.steward_records as correction
        on
            cell.report_id = correction.report_id
            and cell.table_no = correction.table_no
            and cell.line_code = correction.line_code
            and cell.column_code = correction.column_code
            and correction.record_type = 'correction'
            and correction.state = 'applies'
    where list_contains($report_ids, cell.report_id) and cell.table_no = 3
),

lines as (
    select
        report_id,
        line_code,
        max(cell_value) filter (column_code = 'total') as total_count,
        max(value_status) filter (column_code = 'total') as total_count_status,
        case when count(cell_value) filter (column_code <> 'total') = 6 then sum(cell_value) filter (column_code <> 'total') end
            as derived_count
    from cells
    group by report_id, line_code
)

select
    reports.agency_id as subject_id,
    outcome.outcome_code as line_code,
    outcome.outcome_group_code as group_code,
    outcome.name_zh as line_name_zh,
    outcome.name_en as line_name_en,
    reports.report_id,
    reports.scope_code as scope,
    coalesce(lines.total_count, lines.derived_count) as figure,
    case
        when lines.line_code is null then 'other_form'
        when lines.total_count is null and lines.derived_count is not null then 'derived'
        else lines.total_count_status
    end as figure_status,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    reports.closed_count as denominator,
    (coalesce(lines.total_count, lines.derived_count) / nullif(reports.closed_count, 0))::double as share
from reports
cross join marts.dim_outcome as outcome
left join lines on reports.report_id = lines.report_id and outcome.outcome_code = lines.line_code
order by reports.agency_id, outcome.line_no, outcome.form_versions

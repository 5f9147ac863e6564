-- 表二 of agencies through the years, every line of the form each report uses; a year without a report has the lines of
-- the form then in force. An amount without a printed unit is told, but is no figure. $report_ids are the reports of
-- shared/reports. grain: subject_id, fiscal_year, item_code, measure_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

subjects as (
    select agency_id
    from marts.dim_agency
    where list_contains($agency_ids, agency_id)
),

reports as (
    select report_id, agency_id, fiscal_year, scope_code, table2_form
    from marts.dim_report
    where list_contains($report_ids, report_id)
),

cells as (
    select report_id, item_code, measure_code, value, value_status, unit_code
    from marts.fct_proactive_items
    where list_contains($report_ids, report_id)
),

doubts as (
    select
        finding.report_id,
        cell.line_code,
        cell.column_code,
        min(finding.severity) as severity,
        string_agg(distinct finding.equation_text, '; ' order by finding.equation_text) as doubt_text
    from quality.findings as finding
    inner join (select distinct line_code, column_code from reference.form_lines where table_no = 2) as cell
        on finding.line_code = cell.line_code and finding.column_code in ('*', cell.column_code)
    where finding.table_no = 2 and finding.status = 'open' and list_contains($report_ids, finding.report_id)
    group by finding.report_id, cell.line_code, cell.column_code
)

select
    subjects.agency_id as subject_id,
    years.fiscal_year,
    coalesce(reports.table2_form, years.form_in_force) as form_version,
    form.line_code as item_code,
    form.column_code as measure_code,
    form.line_label_zh as item_name_zh,
    form.line_name_en as item_name_en,
    form.column_label_zh as measure_name_zh,
    form.column_name_en as measure_name_en,
    coalesce(nullif(cells.unit_code, 'unstated'), form.unit_code) as unit_code,
    reports.report_id,
    reports.scope_code as scope,
    case when cells.unit_code = 'unstated' and cells.value <> 0 then null else cells.value end as figure,
    cells.value as printed_value,
    case
        when reports.report_id is null then 'no_report'
        when cells.unit_code = 'unstated' and cells.value <> 0 then 'unstated'
        else cells.value_status
    end as figure_status,
    coalesce(nullif(reports.scope_code, 'unknown'), '') as basis,
    doubts.report_id is not null as is_doubtful,
    doubts.severity,
    doubts.doubt_text,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count
from subjects
cross join years
left join reports on subjects.agency_id = reports.agency_id and years.fiscal_year = reports.fiscal_year
inner join reference.form_lines as form
    on form.table_no = 2 and form.form_version = coalesce(reports.table2_form, years.form_in_force)
left join cells
    on
        reports.report_id = cells.report_id
        and form.line_code = cells.item_code
        and form.column_code = cells.measure_code
left join doubts
    on
        reports.report_id = doubts.report_id
        and form.line_code = doubts.line_code
        and form.column_code = doubts.column_code
order by subjects.agency_id, form.line_no, form.column_no, years.fiscal_year

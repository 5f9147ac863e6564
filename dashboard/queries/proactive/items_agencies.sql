-- 表二 of agencies through the years, every line of the form each report uses; a year without a report has the lines of
-- the form then in force. An amount without a printed unit is told, but is no figure. $report_ids are the reports of
-- shared/reports. grain: subject_id, fiscal_year, item_code, measure_code
with years as (
    select
        dim_year.fiscal_year,
        dim_year.form_in_force
    from marts.dim_year
    where dim_year.fiscal_year between
        (select min(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
        and (select max(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
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
        report_id,
        line_code,
        column_code,
        min(severity) as severity,
        string_agg(distinct equation_text, '; ' order by equation_text) as doubt_text
    from quality.findings
    where table_no = 2 and status = 'open' and list_contains($report_ids, report_id)
    group by report_id, line_code, column_code
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
        and doubts.column_code in ('*', form.column_code)
order by subjects.agency_id, form.line_no, form.column_no, years.fiscal_year

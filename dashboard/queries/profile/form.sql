-- Every cell of a report's form, in the order of the form. grain: table_no, line_code, column_code
select
    cell.form_version,
    cell.table_no,
    cell.line_code,
    cell.column_code,
    form.line_label_zh,
    form.line_name_en as line_label_en,
    form.parent_label_zh,
    form.group_name_en,
    form.column_label_zh,
    form.column_name_en as column_label_en,
    cell.value,
    cell.value_status,
    cell.value_as_printed,
    cell.unit_code,
    cell.precision_step,
    cell.placed_by,
    cell.source_path,
    cell.page_no,
    cell.line_no as source_line_no
from marts.form_cells as cell
inner join reference.form_lines as form
    on
        cell.form_version = form.form_version
        and cell.table_no = form.table_no
        and cell.line_code = form.line_code
        and cell.column_code = form.column_code
where cell.report_id = $report_id
order by cell.table_no, form.line_no, form.column_no

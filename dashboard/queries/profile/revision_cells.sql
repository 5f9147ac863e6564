-- Cells that two successive revisions of a report print differently, the latest first, in the order of the form.
-- grain: from_revision_no, table_no, line_code, column_code
select
    change.from_revision_no,
    change.to_revision_no,
    change.table_no,
    change.line_code,
    change.column_code,
    form.line_label_zh,
    form.line_name_en as line_label_en,
    form.column_label_zh,
    form.column_name_en as column_label_en,
    change.old_value,
    change.old_status,
    change.old_as_printed,
    change.new_value,
    change.new_status,
    change.new_as_printed
from quality.revision_cells as change
left join reference.form_lines as form
    on
        coalesce(change.new_form_version, change.old_form_version) = form.form_version
        and change.table_no = form.table_no
        and change.line_code = form.line_code
        and change.column_code = form.column_code
where change.report_id = $report_id
order by change.from_revision_no desc, change.table_no, form.line_no, form.column_no

-- Corrections suggested for some reports, cell by cell, with the findings they would mend.
-- grain: group_id, candidate_no, cell
with mended as (
    select
        group_id,
        max(confirmed_candidate_no) as confirmed_candidate_no,
        list(finding_id order by finding_id) as finding_ids
    from quality.finding_groups
    group by group_id
)

select
    suggestion.group_id,
    suggestion.candidate_no,
    suggestion.report_id,
    suggestion.source_path,
    suggestion.table_no,
    suggestion.line_code,
    suggestion.column_code,
    form.line_label_zh,
    form.line_name_en as line_label_en,
    form.column_label_zh,
    form.column_name_en as column_label_en,
    suggestion.printed_value,
    suggestion.suggested_value,
    suggestion.cell_count,
    suggestion.is_unique,
    suggestion.is_thin,
    suggestion.candidate_no = mended.confirmed_candidate_no as is_confirmed,
    suggestion.proof as proof_zh,
    suggestion.proof_en,
    suggestion.page_no,
    suggestion.line_no,
    mended.finding_ids
from quality.suggested_corrections as suggestion
inner join mended on suggestion.group_id = mended.group_id
inner join marts.dim_report as report on suggestion.report_id = report.report_id
inner join reference.form_lines as form
    on
        form.form_version = case suggestion.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end
        and suggestion.table_no = form.table_no
        and suggestion.line_code = form.line_code
        and suggestion.column_code = form.column_code
where list_contains($report_ids::bigint[], suggestion.report_id)
order by suggestion.report_id, suggestion.group_id, suggestion.candidate_no, form.line_no, form.column_no

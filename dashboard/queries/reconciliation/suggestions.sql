-- Corrections suggested for some reports, with the findings whose equation the cell is a term of.
-- grain: group_id, candidate_no, cell
with findings as (
    select
        finding.*,
        case finding.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end as form_version
    from quality.findings as finding
    inner join marts.dim_report as report on finding.report_id = report.report_id
    where list_contains($report_ids::bigint[], finding.report_id) and finding.severity = 'hard'
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
    suggestion.proof as proof_zh,
    suggestion.proof_en,
    suggestion.page_no,
    suggestion.line_no,
    list(distinct finding.finding_id order by finding.finding_id) as finding_ids
from quality.suggested_corrections as suggestion
inner join findings as finding
    on suggestion.report_id = finding.report_id and suggestion.table_no = finding.table_no
inner join reference.rule_terms as term
    on
        finding.rule_id = term.rule_id
        and term.year_offset = 0
        and finding.form_version = term.form_version
        and finding.table_no = term.table_no
        and case when term.line_code = '*' then finding.line_code else term.line_code end = suggestion.line_code
        and case when term.column_code = '*' then finding.column_code else term.column_code end = suggestion.column_code
inner join reference.form_lines as form
    on
        finding.form_version = form.form_version
        and suggestion.table_no = form.table_no
        and suggestion.line_code = form.line_code
        and suggestion.column_code = form.column_code
group by all
order by suggestion.report_id, suggestion.group_id, suggestion.candidate_no, suggestion.line_code, suggestion.column_code

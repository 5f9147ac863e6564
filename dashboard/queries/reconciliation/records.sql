-- Decisions and corrections on record, those that no longer apply first; of some reports only, on request.
-- grain: record_id
select
    record.record_id,
    record.record_type,
    record.finding_id,
    record.report_id,
    record.source_path,
    record.table_no,
    record.line_code,
    record.column_code,
    form.line_label_zh,
    form.line_name_en as line_label_en,
    form.column_label_zh,
    form.column_name_en as column_label_en,
    record.decided_on_value,
    record.value_now,
    record.decision,
    record.reason,
    record.evidence,
    record.decided_by,
    record.decided_on,
    record.expires_on,
    record.state
from quality.steward_records as record
left join marts.dim_report as report on record.report_id = report.report_id
left join reference.form_lines as form
    on
        record.table_no = form.table_no
        and record.line_code = form.line_code
        and record.column_code = form.column_code
        and form.form_version = case record.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end
where $report_ids::bigint[] is null or list_contains($report_ids::bigint[], record.report_id)
order by record.state = 'applies', record.decided_on desc, record.record_id
limit $row_limit

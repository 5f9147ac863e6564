-- The findings of some reports under the filters, with the words for their place. grain: finding_id
with lines as (
    select distinct
        form_version,
        table_no,
        line_code,
        line_no,
        line_label_zh,
        line_name_en
    from reference.form_lines
),

columns as (
    select
        form_version,
        table_no,
        column_code,
        min(column_label_zh) as column_label_zh,
        min(column_name_en) as column_name_en
    from reference.form_lines
    group by form_version, table_no, column_code
)

select
    finding.finding_id,
    finding.report_id,
    finding.agency_id,
    finding.fiscal_year,
    finding.rule_id,
    finding.table_no,
    finding.line_code,
    finding.column_code,
    finding.severity,
    finding.difference,
    finding.equation_text,
    finding.message_zh,
    finding.message_en,
    finding.source_path,
    finding.page_no,
    finding.line_no,
    finding.status,
    claim.sentence as claim_sentence,
    claim.readings_zh,
    claim.readings_en,
    definition.axis,
    report.scope_code as scope,
    definition.name_zh as rule_name_zh,
    definition.name_en as rule_name_en,
    definition.equation,
    definition.legal_basis,
    definition.fix_zh,
    definition.fix_en,
    lines.line_label_zh,
    lines.line_name_en as line_label_en,
    columns.column_label_zh,
    columns.column_name_en as column_label_en
from quality.findings as finding
inner join reference.rules as definition on finding.rule_id = definition.rule_id
inner join marts.dim_report as report on finding.report_id = report.report_id
left join quality.narrative_claims as claim on finding.finding_id = claim.finding_id
left join lines
    on
        finding.table_no = lines.table_no
        and finding.line_code = lines.line_code
        and lines.form_version = case finding.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end
left join columns
    on
        finding.table_no = columns.table_no
        and finding.column_code = columns.column_code
        and columns.form_version = case finding.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end
where
    list_contains($report_ids::bigint[], finding.report_id)
    and ($severity::varchar is null or finding.severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(finding.rule_id, $rule_id::varchar))
    and ($only::varchar[] is null or list_contains($only::varchar[], finding.finding_id))
    and not list_contains($without::varchar[], finding.finding_id)
order by finding.report_id, finding.severity, finding.table_no, lines.line_no nulls last, finding.rule_id, finding.finding_id

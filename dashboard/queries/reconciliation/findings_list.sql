-- The findings under the filters as a list to take along, with the decision on each. grain: finding_id
with decided as (
    select
        finding_id,
        string_agg(decision || ': ' || reason, '; ' order by record_id) as decisions
    from quality.steward_records
    where record_type = 'exception' and state = 'applies'
    group by finding_id
)

select
    finding.finding_id,
    finding.agency_id,
    agency.agency_name,
    finding.fiscal_year,
    report.scope_code,
    finding.rule_id,
    definition.name_zh as rule_name_zh,
    finding.severity,
    finding.status,
    decided.decisions,
    finding.table_no,
    finding.line_code,
    finding.column_code,
    finding.equation_text,
    finding.left_value,
    finding.right_value,
    finding.difference,
    finding.message_zh,
    finding.message_en,
    definition.fix_zh,
    claim.sentence as claim_sentence,
    finding.source_path,
    finding.page_no,
    finding.line_no
from quality.findings as finding
inner join marts.dim_report as report on finding.report_id = report.report_id
inner join marts.dim_agency as agency on finding.agency_id = agency.agency_id
inner join reference.rules as definition on finding.rule_id = definition.rule_id
left join quality.narrative_claims as claim on finding.finding_id = claim.finding_id
left join decided on finding.finding_id = decided.finding_id
where
    report.is_sample = $is_sample
    and ($fiscal_year::integer is null or finding.fiscal_year = $fiscal_year::integer)
    and ($severity::varchar is null or finding.severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(finding.rule_id, $rule_id::varchar))
    and ($agency_id::varchar is null or finding.agency_id = $agency_id::varchar)
    and ($only::varchar[] is null or list_contains($only::varchar[], finding.finding_id))
    and not list_contains($without::varchar[], finding.finding_id)
order by finding.fiscal_year desc, finding.agency_id, finding.report_id, finding.severity, finding.rule_id, finding.finding_id
limit $row_limit

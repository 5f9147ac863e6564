-- Reports with findings under the filters, the most contradicted first. grain: report_id
select
    finding.report_id,
    finding.agency_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    finding.fiscal_year,
    report.scope_code as scope,
    report.is_sample,
    count(*) filter (finding.severity = 'hard') as hard,
    count(*) filter (finding.severity = 'soft') as soft,
    count(*) filter (finding.status = 'open') as open_findings,
    count(*) over () as reports
from quality.findings as finding
inner join marts.dim_agency as agency on finding.agency_id = agency.agency_id
inner join marts.dim_report as report on finding.report_id = report.report_id
where
    report.is_sample = $is_sample
    and ($fiscal_year::integer is null or finding.fiscal_year = $fiscal_year::integer)
    and ($severity::varchar is null or finding.severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(finding.rule_id, $rule_id::varchar))
    and ($agency_id::varchar is null or finding.agency_id = $agency_id::varchar)
    and ($only::varchar[] is null or list_contains($only::varchar[], finding.finding_id))
    and not list_contains($without::varchar[], finding.finding_id)
group by
    finding.report_id, finding.agency_id, agency.agency_name, agency.agency_name_en, finding.fiscal_year, report.scope_code,
    report.is_sample
order by hard desc, soft desc, finding.fiscal_year desc, finding.agency_id asc, finding.report_id asc
limit $row_limit offset $row_offset

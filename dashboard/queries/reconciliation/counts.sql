-- Findings under the filters, by severity. grain: one row
select
    count(*) as findings,
    count(*) filter (severity = 'hard') as hard,
    count(*) filter (severity = 'soft') as soft,
    count(distinct report_id) as reports
from quality.findings
where
    report_id in (select report.report_id from marts.dim_report as report where report.is_sample = $is_sample)
    and ($fiscal_year::integer is null or fiscal_year = $fiscal_year::integer)
    and ($severity::varchar is null or severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(rule_id, $rule_id::varchar))
    and ($agency_id::varchar is null or agency_id = $agency_id::varchar)
    and ($only::varchar[] is null or list_contains($only::varchar[], finding_id))
    and not list_contains($without::varchar[], finding_id)

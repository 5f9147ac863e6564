-- Open findings of a year by severity, and how many reports they are in. grain: one row
select
    count(*) filter (severity = 'hard') as hard,
    count(*) filter (severity = 'soft') as soft,
    count(distinct report_id) filter (severity = 'hard') as reports_hard,
    count(distinct report_id) filter (severity = 'soft') as reports_soft,
    count(distinct report_id) as reports_with_findings
from quality.findings
where
    fiscal_year = $fiscal_year
    and status = 'open'
    and report_id in (select report.report_id from marts.dim_report as report where report.is_sample = $is_sample)

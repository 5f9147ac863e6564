-- How often each rule held in the reports of a year. grain: rule_id
with verdicts as (
    select report_id, rule_id, verdict from quality.rule_results
    union all
    select report_id, rule_id, verdict from quality.narrative_claims
)

select
    definition.rule_id,
    definition.name_zh as rule_name_zh,
    definition.name_en as rule_name_en,
    definition.severity,
    count(*) filter (verdicts.verdict = 'pass') as passed,
    count(*) filter (verdicts.verdict = 'pass_if_blank_is_zero') as passed_if_blank_is_zero,
    count(*) filter (verdicts.verdict = 'not_evaluable') as not_evaluable,
    count(*) filter (verdicts.verdict = 'fail') as failed,
    count(*) as equations
from verdicts
inner join reference.rules as definition on verdicts.rule_id = definition.rule_id
inner join marts.dim_report as report on verdicts.report_id = report.report_id
where report.fiscal_year = $fiscal_year and report.is_sample = $is_sample
group by definition.rule_id, definition.name_zh, definition.name_en, definition.severity
order by definition.severity asc, failed desc, definition.rule_id asc

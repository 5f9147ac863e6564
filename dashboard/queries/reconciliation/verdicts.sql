-- Verdicts by rule under the filters. grain: rule_id
with verdicts as (
    select
        report_id,
        rule_id,
        verdict,
        equation_count
    from quality.rule_verdicts
    union all
    select
        report_id,
        rule_id,
        verdict,
        1 as equation_count
    from quality.narrative_claims
)

select
    definition.rule_id,
    definition.name_zh as rule_name_zh,
    definition.name_en as rule_name_en,
    definition.severity,
    definition.equation,
    coalesce(sum(verdicts.equation_count) filter (verdicts.verdict = 'pass'), 0) as passed,
    coalesce(sum(verdicts.equation_count) filter (verdicts.verdict = 'pass_if_blank_is_zero'), 0) as passed_if_blank_is_zero,
    coalesce(sum(verdicts.equation_count) filter (verdicts.verdict = 'not_evaluable'), 0) as not_evaluable,
    coalesce(sum(verdicts.equation_count) filter (verdicts.verdict = 'fail'), 0) as failed,
    sum(verdicts.equation_count) as equations
from verdicts
inner join reference.rules as definition on verdicts.rule_id = definition.rule_id
inner join marts.dim_report as report on verdicts.report_id = report.report_id
where
    report.is_sample = $is_sample
    and ($fiscal_year::integer is null or report.fiscal_year = $fiscal_year::integer)
    and ($agency_id::varchar is null or report.agency_id = $agency_id::varchar)
    and ($severity::varchar is null or definition.severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(definition.rule_id, $rule_id::varchar))
group by definition.rule_id, definition.name_zh, definition.name_en, definition.severity, definition.equation
order by definition.severity, definition.rule_id

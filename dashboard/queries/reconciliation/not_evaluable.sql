-- Where a rule could not be evaluated, gathered by report, rule and verdict, with the first of the missing terms.
-- What the prose says has the reason instead. grain: report_id, rule_id, verdict
with verdicts as (
    select
        report_id,
        rule_id,
        verdict,
        equation_count,
        example_table_no,
        example_missing_terms,
        null as reason_zh,
        null as reason_en
    from quality.rule_verdicts
    union all
    select
        report_id,
        rule_id,
        verdict,
        1 as equation_count,
        table_no as example_table_no,
        null as example_missing_terms,
        reason_zh,
        reason_en
    from quality.narrative_claims
)

select
    report.report_id,
    report.agency_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    report.fiscal_year,
    report.scope_code as scope,
    verdicts.rule_id,
    definition.name_zh as rule_name_zh,
    definition.name_en as rule_name_en,
    verdicts.verdict,
    sum(verdicts.equation_count) as equations,
    min(verdicts.example_table_no) as table_no,
    min(verdicts.example_missing_terms) as missing_terms,
    min(verdicts.reason_zh) as reason_zh,
    min(verdicts.reason_en) as reason_en,
    count(*) over () as places
from verdicts
inner join reference.rules as definition on verdicts.rule_id = definition.rule_id
inner join marts.dim_report as report on verdicts.report_id = report.report_id
inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
where
    verdicts.verdict in ('not_evaluable', 'pass_if_blank_is_zero')
    and report.is_sample = $is_sample
    and ($fiscal_year::integer is null or report.fiscal_year = $fiscal_year::integer)
    and ($agency_id::varchar is null or report.agency_id = $agency_id::varchar)
    and ($severity::varchar is null or definition.severity = $severity::varchar)
    and ($rule_id::varchar is null or starts_with(definition.rule_id, $rule_id::varchar))
group by
    report.report_id,
    report.agency_id,
    agency.agency_name,
    agency.agency_name_en,
    report.fiscal_year,
    report.scope_code,
    verdicts.rule_id,
    definition.name_zh,
    definition.name_en,
    verdicts.verdict
order by
    report.fiscal_year desc,
    report.agency_id asc,
    report.report_id asc,
    verdicts.verdict asc,
    equations desc,
    verdicts.rule_id asc
limit $row_limit

-- Every rule with all that is said of it, and how many findings it has now; those a text is found in. grain: rule_id
with findings as (
    select
        rule_id,
        count(*) as findings
    from quality.findings
    group by rule_id
)

select
    rule.*,
    coalesce(findings.findings, 0) as findings
from reference.rules as rule
left join findings on rule.rule_id = findings.rule_id
where
    $search = ''
    or contains(
        lower(concat_ws(' ', rule.rule_id, rule.name_zh, rule.name_en, rule.equation, rule.legal_basis, rule.fix_zh,
            rule.fix_en)),
        lower($search)
    )
order by rule.severity, rule.rule_id

-- The rules in force, hard ones first. grain: rule_id
select
    rule_id,
    name_zh as rule_name_zh,
    name_en as rule_name_en,
    severity
from reference.rules
where
    rule_id in (select verdicts.rule_id from quality.rule_verdicts as verdicts)
    or rule_id in (select claims.rule_id from quality.narrative_claims as claims)
order by severity, rule_id

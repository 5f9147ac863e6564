-- What the prose of a report says that can be held against its tables, sentence by sentence: broken claims first.
-- grain: claim_id
select
    claim.claim_id,
    claim.rule_id,
    rule.name_zh as rule_name_zh,
    rule.name_en as rule_name_en,
    claim.sentence,
    claim.page_no,
    claim.line_no,
    claim.table_no,
    claim.line_code,
    claim.column_code,
    claim.claimed_value,
    claim.compared_value,
    claim.readings_zh,
    claim.readings_en,
    claim.verdict,
    claim.reason_zh,
    claim.reason_en
from quality.narrative_claims as claim
inner join reference.rules as rule on claim.rule_id = rule.rule_id
where claim.report_id = $report_id
order by
    case claim.verdict when 'fail' then 1 when 'not_evaluable' then 2 else 3 end,
    claim.line_no,
    claim.claim_id

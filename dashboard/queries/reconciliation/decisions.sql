-- Findings somebody decided on: by a decision that applies, or by a correction of a cell the rule uses.
-- grain: finding_id
with corrected as (
    select distinct finding.finding_id
    from quality.steward_records as record
    inner join quality.findings as finding
        on
            record.report_id = finding.report_id
            and record.table_no = finding.table_no
            and finding.line_code in ('*', record.line_code)
            and finding.column_code in ('*', record.column_code)
    inner join reference.rule_terms as term
        on
            finding.rule_id = term.rule_id
            and finding.table_no = term.table_no
            and term.line_code in ('*', record.line_code)
            and term.column_code in ('*', record.column_code)
    where record.record_type = 'correction' and record.state = 'applies'
)

select
    finding.finding_id,
    case when finding.status <> 'open' then finding.status else 'corrected' end as decision
from quality.findings as finding
where finding.status <> 'open' or finding.finding_id in (select corrected.finding_id from corrected)
order by finding.finding_id

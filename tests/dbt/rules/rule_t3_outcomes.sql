-- T3-OUTCOMES 办理结果合计 · Outcomes add up: Σ（一）至（六）各项 = （七）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't3'], store_failures=true) }}

select
    finding_id,
    source_path,
    page_no,
    line_no,
    severity,
    equation_text,
    message_zh
from {{ ref('findings') }}
where rule_id = 'T3-OUTCOMES' and status = 'open'

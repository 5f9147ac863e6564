-- T3-BALANCE 收件与办理平衡 · Applications balance: 一 + 二 = 三（七） + 四
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
where rule_id = 'T3-BALANCE' and status = 'open'

-- PL-RULES 规章制定权 · Power to make rules: 规章各数之和 ≤ 0（县、乡两级）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'pl'], store_failures=true) }}

select
    finding_id,
    source_path,
    page_no,
    line_no,
    severity,
    equation_text,
    message_zh
from {{ ref('findings') }}
where rule_id = 'PL-RULES' and status = 'open'

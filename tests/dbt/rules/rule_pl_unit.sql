-- PL-UNIT 采购金额单位 · Unit of the procurement amount: 采购项目数量 × 1000 元 ≤ 采购总金额 ≤ 采购项目数量 × 1亿元
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
where rule_id = 'PL-UNIT' and status = 'open'

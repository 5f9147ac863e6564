-- PL-UNIT 采购金额单位 · Unit of the procurement amount: 采购项目数量 × 1000 元 ≤ 采购总金额 ≤ 采购项目数量 × 1亿元
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'pl'], store_failures=true) }}

{{ open_findings_of('PL-UNIT') }}

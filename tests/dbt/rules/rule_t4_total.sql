-- T4-TOTAL 复议诉讼合计 · Disputes add up: 维持 + 纠正 + 其他 + 尚未审结 = 总计
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't4'], store_failures=true) }}

{{ open_findings_of('T4-TOTAL') }}

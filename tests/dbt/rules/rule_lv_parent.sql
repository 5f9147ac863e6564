-- LV-PARENT 不小于所属各单位之和 · No less than its members: 本级（汇总） ≥ Σ 已知所属单位
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'lv'], store_failures=true) }}

{{ open_findings_of('LV-PARENT') }}

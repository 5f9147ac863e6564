-- T2-SIGN 表二数值非负 · No negative figure in table 2: 表二各数（本年增/减除外） ≥ 0
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't2'], store_failures=true) }}

{{ open_findings_of('T2-SIGN') }}

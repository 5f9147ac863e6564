-- T3-BALANCE 收件与办理平衡 · Applications balance: 一 + 二 = 三（七） + 四
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't3'], store_failures=true) }}

{{ open_findings_of('T3-BALANCE') }}

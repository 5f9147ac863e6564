-- NT-CARRIED 正文结转数 · Applications carried over, in the prose: 正文结转数 = 二 或 四
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-CARRIED') }}

-- NT-RECEIVED 正文受理数 · Applications received, in the prose: 正文受理（收到）数 = 一，或 一 + 二
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-RECEIVED') }}

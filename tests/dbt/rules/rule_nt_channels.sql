-- NT-CHANNELS 正文申请渠道 · Channels of application, in the prose: Σ 各渠道 = 正文受理（收到）数
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-CHANNELS') }}

-- NT-DISPUTES 正文复议诉讼 · Disputes, in the prose: 正文复议、诉讼件数 = 表四
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-DISPUTES') }}

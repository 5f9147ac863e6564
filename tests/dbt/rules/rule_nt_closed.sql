-- NT-CLOSED 正文办结数 · Applications closed, in the prose: 正文办结（答复）数 = （七），或扣除上年结转、其他处理
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-CLOSED') }}

-- NT-OUTCOMES 正文办理结果 · Outcomes, in the prose: 正文各办理结果数 = （一）至（六）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-OUTCOMES') }}

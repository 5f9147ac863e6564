-- NT-SUM 正文分项合计 · Parts and whole, in the prose: Σ 正文各分项 = 正文总数
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-SUM') }}

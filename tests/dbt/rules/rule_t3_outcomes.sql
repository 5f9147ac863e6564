-- T3-OUTCOMES 办理结果合计 · Outcomes add up: Σ（一）至（六）各项 = （七）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't3'], store_failures=true) }}

{{ open_findings_of('T3-OUTCOMES') }}

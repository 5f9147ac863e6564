-- T3-APPLICANTS 申请人合计 · Applicants add up: Σ 六类申请人 = 总计
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 't3'], store_failures=true) }}

{{ open_findings_of('T3-APPLICANTS') }}

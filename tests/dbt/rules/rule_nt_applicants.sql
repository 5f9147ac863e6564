-- NT-APPLICANTS 正文申请人 · Applicants, in the prose: 正文各类申请人数 = 一，或 一 + 二
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-APPLICANTS') }}

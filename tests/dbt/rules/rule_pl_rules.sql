-- PL-RULES 规章制定权 · Power to make rules: 规章各数之和 ≤ 0（县、乡两级）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'pl'], store_failures=true) }}

{{ open_findings_of('PL-RULES') }}

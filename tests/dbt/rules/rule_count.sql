-- COUNT 件数为整数 · Counts are whole numbers: 件数为整数；表三、表四另须 ≥ 0
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'count'], store_failures=true) }}

{{ open_findings_of('COUNT') }}

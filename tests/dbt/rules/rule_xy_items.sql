-- XY-ITEMS 权力事项衔接 · Items of the power list: 上一年项目数量（上年） + 本年增/减（上年） = 上一年项目数量（本年）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'xy'], store_failures=true) }}

{{ open_findings_of('XY-ITEMS') }}

-- XY-CARRY 上年结转衔接 · Carried over from the year before: 四（上年） = 二（本年）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'xy'], store_failures=true) }}

{{ open_findings_of('XY-CARRY') }}

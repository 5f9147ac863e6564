-- XY-INFORCE 现行有效件数衔接 · Documents in force: 现行有效（上年） + 制发 − 废止 = 现行有效（本年）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'xy'], store_failures=true) }}

{{ open_findings_of('XY-INFORCE') }}

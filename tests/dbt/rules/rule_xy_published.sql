-- XY-PUBLISHED 公开总数量衔接 · Cumulative number published: 对外公开总数量（上年） + 本年新公开数量 = 对外公开总数量（本年）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'xy'], store_failures=true) }}

{{ open_findings_of('XY-PUBLISHED') }}

-- XY-CARRY 上年结转衔接 · Carried over from the year before: 四（上年） = 二（本年）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'xy'], store_failures=true) }}

select
    finding_id,
    source_path,
    page_no,
    line_no,
    severity,
    equation_text,
    message_zh
from {{ ref('findings') }}
where rule_id = 'XY-CARRY' and status = 'open'

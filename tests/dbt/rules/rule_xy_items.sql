-- XY-ITEMS 权力事项衔接 · Items of the power list: 上一年项目数量（上年） + 本年增/减（上年） = 上一年项目数量（本年）
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
where rule_id = 'XY-ITEMS' and status = 'open'

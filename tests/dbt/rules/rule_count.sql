-- COUNT 件数为整数 · Counts are whole numbers: 件数为整数；表三、表四另须 ≥ 0
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'count'], store_failures=true) }}

select
    finding_id,
    source_path,
    page_no,
    line_no,
    severity,
    equation_text,
    message_zh
from {{ ref('findings') }}
where rule_id = 'COUNT' and status = 'open'

-- What 表二 reports on, in either form.
-- grain: item_code
select
    line_code as item_code,
    min(group_code) as article_code,
    min(group_name_zh) as article_name_zh,
    min(group_name_en) as article_name_en,
    min(line_label_zh) as name_zh,
    min(line_name_en) as name_en,
    string_agg(distinct form_version, ',' order by form_version) as form_versions,
    min(line_no) as line_no
from {{ ref('form_lines') }}
where fact_table = 'fct_proactive_items'
group by line_code

-- What an application can come to: the leaves of （一）-（六） of 表三 in either form.
-- grain: outcome_code
select
    line_code as outcome_code,
    group_code as outcome_group_code,
    min(line_label_zh) as name_zh,
    min(line_name_en) as name_en,
    min(group_name_zh) as outcome_group_name_zh,
    min(group_name_en) as outcome_group_name_en,
    string_agg(distinct form_version, ',' order by form_version) as form_versions,
    min(line_no) as line_no
from {{ ref('form_lines') }}
where fact_table = 'fct_outcomes'
group by line_code, group_code

-- How a disclosure decision is challenged: 行政复议 and the two ways to 行政诉讼.
-- grain: route_code
select distinct
    line_code as route_code,
    group_code as route_group_code,
    line_label_zh as name_zh,
    line_name_en as name_en,
    group_name_zh as route_group_name_zh,
    group_name_en as route_group_name_en,
    line_no
from {{ ref('form_lines') }}
where fact_table = 'fct_disputes'

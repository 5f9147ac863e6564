-- Headline figures side by side: value, status, doubt.
-- grain: report_id
{%- set codes = headline_codes() + rate_part_codes() %}

with headlines as (
    select * from {{ ref('int_cells__headlines') }}
)

select
    report_id,
    {{ each_code(codes, "max(case when headline_code = '#' then headline_value end) as #") }},
    {{ each_code(codes, "max(case when headline_code = '#' then headline_status end) as #_status") }},
    {{ each_code(codes, "count(case when headline_code = '#' and is_doubtful then 1 end) > 0 as #_is_doubtful") }}
from headlines
group by report_id

-- Headline figures side by side: value, status, doubt.
-- grain: report_id
with headlines as (
    select * from {{ ref('int_cells__headlines') }}
)

select
    report_id,
    {%- for code in headline_codes() + ['reconsideration_decided_count', 'litigation_decided_count'] %}
    max(case when headline_code = '{{ code }}' then headline_value end) as {{ code }},
    max(case when headline_code = '{{ code }}' then headline_status end) as {{ code }}_status,
    coalesce(max(case when headline_code = '{{ code }}' and is_doubtful then 1 end), 0) = 1 as {{ code }}_is_doubtful
    {{- "," if not loop.last }}
    {%- endfor %}
from headlines
group by report_id

-- How many cells of a report's form print a figure, and what the others are.
-- grain: report_id
with form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
)

select
    report_id,
    {%- for status in ['reported', 'blank', 'not_applicable', 'missing', 'unreadable'] %}
    cast(sum(
        {%- for k in range(1, 8) %}
        case when status_{{ k }} = '{{ status }}' then 1 else 0 end{{ " +" if not loop.last }}
        {%- endfor %}
    ) as integer) as cells_{{ status }},
    {%- endfor %}
    cast(sum(
        {%- for k in range(1, 8) %}
        case when status_{{ k }} is not null then 1 else 0 end{{ " +" if not loop.last }}
        {%- endfor %}
    ) as integer) as cells_total
from form_lines
group by report_id

-- Every recognised line of every document ever read, its text typed: value, status, unit, precision step of up to seven cells.
-- grain: document_id, table_no, line_code
{{ config(materialized='view') }}

with form_rows as (
    select
        *,
        -- Once, here: nearly every cell is one, and the expressions below each ask for it.
        {%- for k in range(1, 8) %}
        {{ plain_integer('text_' ~ k) }} as integer_{{ k }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_form_rows') }}
),

form_lines as (
    select * from {{ ref('stg_form_lines') }}
),

printed_values as (
    select * from {{ ref('stg_printed_values') }}
),

typed as (
    select
        rows.*,
        {%- for k in range(1, 8) %}
        {{ cell_status(k) }} as status_{{ k }},
        {{ cell_amount(k) }} as amount_{{ k }},
        {{ cell_step(k) }} as amount_step_{{ k }},
        {{ cell_unit(k) }} as amount_unit_{{ k }}{{ "," if not loop.last }}
        {%- endfor %}
    from form_rows as rows
    inner join form_lines as lines
        on
            rows.form_version = lines.form_version
            and rows.table_no = lines.table_no
            and rows.line_code = lines.line_code
    {%- for k in range(1, 8) %}
    left join printed_values as printed_{{ k }} on rows.text_{{ k }} = printed_{{ k }}.printed_text
    {%- endfor %}
)

select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {%- for k in range(1, 8) %}
    text_{{ k }},
    case when status_{{ k }} = 'reported' then amount_{{ k }} end as value_{{ k }},
    status_{{ k }},
    case when status_{{ k }} = 'reported' or amount_unit_{{ k }} = 'count' then amount_unit_{{ k }} end as unit_{{ k }},
    case when status_{{ k }} = 'reported' then amount_step_{{ k }} end as step_{{ k }},
    line_no_{{ k }},
    placed_by_{{ k }}{{ "," if not loop.last }}
    {%- endfor %}
from typed

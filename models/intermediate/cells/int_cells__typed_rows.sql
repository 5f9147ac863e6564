-- Every recognised line of every document ever read, typed: value, status, unit and step of up to seven cells.
-- grain: document_id, table_no, line_code
{{ config(materialized='view') }}

with form_rows as (
    select
        *,
        -- Once, here: nearly every cell is one, and the expressions below each ask for it.
        {{ each_cell(plain_integer('text_#') ~ ' as integer_#') }}
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
        form_rows.*,
        {{ each_cell(cell_status('#') ~ ' as status_#') }},
        {{ each_cell(cell_amount('#') ~ ' as amount_#') }},
        {{ each_cell(cell_step('#') ~ ' as amount_step_#') }},
        {{ each_cell(cell_unit('#') ~ ' as amount_unit_#') }}
    from form_rows
    inner join form_lines
        on
            form_rows.form_version = form_lines.form_version
            and form_rows.table_no = form_lines.table_no
            and form_rows.line_code = form_lines.line_code
    {{ each_cell('left join printed_values as printed_# on form_rows.text_# = printed_#.printed_text', separator='') }}
)

select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell("text_#, line_no_#, placed_by_#, status_#") }},
    {{ each_cell("case when status_# = 'reported' then amount_# end as value_#") }},
    {{ each_cell("case when status_# = 'reported' or amount_unit_# = 'count' then amount_unit_# end as unit_#") }},
    {{ each_cell("case when status_# = 'reported' then amount_step_# end as step_#") }}
from typed

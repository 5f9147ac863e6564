-- How many rows the views of single cells have, from their lines: counting them would spell out every cell there is.
-- grain: relation_name
{{ config(materialized='view', tags=['published']) }}

with form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

cells as (
    select * from {{ ref('form_lines') }}
),

lines as (
    select
        form_version,
        table_no,
        line_code,
        count(*) as line_count
    from form_lines
    group by form_version, table_no, line_code
),

cell_counts as (
    select
        cells.fact_table,
        cells.line_code,
        sum(lines.line_count) as cell_count
    from lines
    inner join cells
        on
            lines.form_version = cells.form_version
            and lines.table_no = cells.table_no
            and lines.line_code = cells.line_code
    group by cells.fact_table, cells.line_code
)

select
    fact_table as relation_name,
    cast(sum(cell_count) as bigint) as row_count
from cell_counts
-- Four lines of the form are one row of that fact.
where fact_table <> 'fct_applications' or line_code = 'new'
group by fact_table

union all

select
    'form_cells' as relation_name,
    cast(sum(cell_count) as bigint) as row_count
from cell_counts

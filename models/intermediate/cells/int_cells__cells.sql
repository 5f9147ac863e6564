-- Every cell of every accepted report as printed, one row a cell: what form_cells and the facts are views over.
-- A cell is picked from its line first and spelt out then: spelling out all seven made a query on a fact spend three
-- quarters of its time being planned.
-- grain: report_id, table_no, line_code, column_code
{{ config(materialized='view', tags=['published']) }}

with count_lines as (
    select * from {{ ref('int_cells__count_lines') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

cells as (
    select * from {{ ref('form_lines') }}
),

counts as (
    select
        count_lines.report_id,
        count_lines.form_version,
        count_lines.table_no,
        count_lines.line_code,
        cells.column_code,
        cells.column_no,
        cells.fact_table,
        {{ cell_in_view('count_lines.count', 'cells.column_no') }} as count_value,
        {{ is_blank_cell('cells.column_no') }} as is_blank,
        count_lines.placed_by,
        count_lines.page_no,
        count_lines.line_no,
        count_lines.first_line_no + (cells.column_no - 1) * count_lines.line_step as cell_line_no
    from count_lines
    inner join cells
        on
            count_lines.form_version = cells.form_version
            and count_lines.table_no = cells.table_no
            and count_lines.line_code = cells.line_code
)

select
    report_id,
    form_version,
    table_no,
    line_code,
    column_code,
    column_no,
    fact_table,
    cast(count_value as decimal(24, 6)) as value,
    case when count_value is not null then 'reported' when is_blank then 'blank' end as value_status,
    case when count_value is not null then cast(count_value as varchar) when is_blank then '' end as value_as_printed,
    'count' as unit_code,
    cast(null as decimal(24, 6)) as precision_step,
    placed_by,
    page_no,
    coalesce(cell_line_no, line_no) as line_no
from counts

union all

select
    other_lines.report_id,
    other_lines.form_version,
    other_lines.table_no,
    other_lines.line_code,
    cells.column_code,
    cells.column_no,
    cells.fact_table,
    {{ cell_in_view('other_lines.value', 'cells.column_no') }} as value,
    {{ cell_in_view('other_lines.status', 'cells.column_no') }} as value_status,
    {{ cell_in_view('other_lines.text', 'cells.column_no') }} as value_as_printed,
    {{ cell_in_view('other_lines.unit', 'cells.column_no') }} as unit_code,
    {{ cell_in_view('other_lines.step', 'cells.column_no') }} as precision_step,
    {{ cell_in_view('other_lines.placed_by', 'cells.column_no') }} as placed_by,
    other_lines.page_no,
    coalesce({{ cell_in_view('other_lines.line_no', 'cells.column_no') }}, other_lines.line_no) as line_no
from other_lines
inner join cells
    on
        other_lines.form_version = cells.form_version
        and other_lines.table_no = cells.table_no
        and other_lines.line_code = cells.line_code

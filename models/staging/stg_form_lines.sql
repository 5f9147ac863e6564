-- The lines of both forms, each with the unit of its up to seven cells (count, yuan, wan_yuan; null beyond its
-- last cell).
-- grain: form_version, table_no, line_code
with form_cells as (
    select * from {{ ref('form_cells') }}
),

form_column_names as (
    select * from {{ ref('form_column_names') }}
)

select
    form_cells.form_version,
    form_cells.table_no,
    form_cells.line_code,
    form_cells.line_no as form_line_no,
    cast(count(*) as integer) as cell_count,
    {{ each_cell('max(case when form_cells.column_no = # then form_column_names.unit_code end) as form_unit_#') }}
from form_cells
inner join form_column_names
    on
        form_cells.table_no = form_column_names.table_no
        and form_cells.column_code = form_column_names.column_code
group by
    form_cells.form_version,
    form_cells.table_no,
    form_cells.line_code,
    form_cells.line_no

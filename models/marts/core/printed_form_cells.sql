-- The whole form of every report as printed, one row a cell, 总计 included: the audit view everyone can start from.
-- A view over the wide line table; the node is not named form_cells because the seed of the form's cells is.
-- grain: report_id, table_no, line_code, column_code
{{ config(materialized='view', alias='form_cells') }}

with form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

cells as (
    select * from {{ ref('form_lines') }}
),

reports as (
    select * from {{ ref('dim_report') }}
)

select
    form_lines.report_id,
    form_lines.form_version,
    form_lines.table_no,
    form_lines.line_code,
    cells.column_code,
    {{ cell_of('form_lines.value', 'cells.column_no') }} as value,
    {{ cell_of('form_lines.status', 'cells.column_no') }} as value_status,
    {{ cell_of('form_lines.text', 'cells.column_no') }} as value_as_printed,
    {{ cell_of('form_lines.unit', 'cells.column_no') }} as unit_code,
    {{ cell_of('form_lines.step', 'cells.column_no') }} as precision_step,
    {{ cell_of('form_lines.placed_by', 'cells.column_no') }} as placed_by,
    reports.source_path,
    form_lines.page_no,
    coalesce({{ cell_of('form_lines.line_no', 'cells.column_no') }}, form_lines.line_no) as line_no
from form_lines
inner join cells
    on
        form_lines.form_version = cells.form_version
        and form_lines.table_no = cells.table_no
        and form_lines.line_code = cells.line_code
inner join reports on form_lines.report_id = reports.report_id

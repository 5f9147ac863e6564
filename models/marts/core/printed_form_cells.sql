-- The whole form of every report as printed, one row a cell, 总计 included: the audit view everyone can start from.
-- The node is not named form_cells because the seed of the form's cells is.
-- grain: report_id, table_no, line_code, column_code
{{ config(materialized='view', alias='form_cells', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

with cells as (
    select * from {{ ref('int_cells__cells') }}
),

reports as (
    select * from {{ ref('dim_report') }}
)

select
    cells.report_id,
    cells.form_version,
    cells.table_no,
    cells.line_code,
    cells.column_code,
    cells.value,
    cells.value_status,
    cells.value_as_printed,
    cells.unit_code,
    cells.precision_step,
    cells.placed_by,
    reports.source_path,
    cells.page_no,
    cells.line_no
from cells
inner join reports on cells.report_id = reports.report_id

-- Every 总计 as printed, apart from the facts so that no sum counts anything twice.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with {{ fact_sources('fct_printed_totals') }}

select
    lines.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    lines.table_no,
    lines.line_code,
    {{ measure_columns('total_count', 'lines', 'corrections', 'cells.column_no') }},
    {{ is_corrected('corrections', 'cells.column_no') }} as is_corrected
{{ fact_joins() }}

-- Reconsideration and litigation cases by route and result; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, route_code, result_code
{{ config(materialized='view') }}

with {{ fact_sources('fct_disputes') }}

select
    lines.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    lines.line_code as route_code,
    cells.column_code as result_code,
    {{ measure_columns('case_count', 'lines', 'corrections', 'cells.column_no') }},
    {{ is_corrected('corrections', 'cells.column_no') }} as is_corrected
{{ fact_joins() }}

-- 表二: rules, normative documents, permits, penalties, coercive measures, fees, procurement; measures differ
-- between the forms.
-- grain: report_id, item_code, measure_code
{{ config(materialized='view') }}

with {{ fact_sources('fct_proactive_items') }}

select
    lines.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    lines.line_code as item_code,
    cells.column_code as measure_code,
    {{ measure_columns('value', 'lines', 'corrections', 'cells.column_no') }},
    {{ cell_of('lines.unit', 'cells.column_no') }} as unit_code,
    {{ is_corrected('corrections', 'cells.column_no') }} as is_corrected
{{ fact_joins() }}

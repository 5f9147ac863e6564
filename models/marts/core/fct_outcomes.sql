-- Applications closed in the year, by outcome and applicant type; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, outcome_code, applicant_type_code
{{ config(materialized='view') }}

with {{ fact_sources('fct_outcomes') }}

select
    lines.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    lines.line_code as outcome_code,
    cells.column_code as applicant_type_code,
    {{ measure_columns('outcome_count', 'lines', 'corrections', 'cells.column_no') }},
    {{ is_corrected('corrections', 'cells.column_no') }} as is_corrected
{{ fact_joins() }}

-- Reconsideration and litigation cases by route and result; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, route_code, result_code
{{ config(materialized='view', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

select
    cells.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    cells.line_code as route_code,
    cells.column_code as result_code,
    {{ measure_columns('case_count') }},
    {{ corrected_value() }} is not null as is_corrected
{{ from_fact_cells('fct_disputes') }}

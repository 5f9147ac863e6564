-- Every 总计 as printed, apart from the facts so that no sum counts anything twice.
-- grain: report_id, table_no, line_code
{{ config(materialized='view', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

select
    cells.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    cells.table_no,
    cells.line_code,
    {{ measure_columns('total_count') }},
    {{ corrected_value() }} is not null as is_corrected
{{ from_fact_cells('fct_printed_totals') }}

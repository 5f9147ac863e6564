-- Applications closed in the year, by outcome and applicant type; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, outcome_code, applicant_type_code
{{ config(materialized='view', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

select
    cells.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    cells.line_code as outcome_code,
    cells.column_code as applicant_type_code,
    {{ measure_columns('outcome_count') }},
    {{ corrected_value() }} is not null as is_corrected
{{ from_fact_cells('fct_outcomes') }}

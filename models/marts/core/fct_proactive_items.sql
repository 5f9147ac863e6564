-- 表二: rules, normative documents, permits, penalties, coercive measures, fees, procurement; measures differ
-- between the forms.
-- grain: report_id, item_code, measure_code
{{ config(materialized='view', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

select
    cells.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    cells.line_code as item_code,
    cells.column_code as measure_code,
    {{ measure_columns('value') }},
    cells.unit_code,
    {{ corrected_value() }} is not null as is_corrected
{{ from_fact_cells('fct_proactive_items') }}

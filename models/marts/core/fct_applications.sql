-- Applications in and out of the year, by applicant type; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, applicant_type_code
{{ config(materialized='view', meta={'counted_in': 'intermediate.int_cells__row_counts'}) }}

{%- set flows = ['new', 'carried_in', 'closed', 'carried_out'] %}

with flows as (
    select
        cells.report_id,
        cells.line_code,
        cells.column_code as applicant_type_code,
        reports.agency_id,
        reports.fiscal_year,
        reports.scope_code,
        {{ measure_columns('flow') }},
        {{ corrected_value() }} is not null as is_corrected
    {{ from_fact_cells('fct_applications') }}
)

-- Four lines of the form side by side: each has one cell of an applicant type.
select
    report_id,
    min(agency_id) as agency_id,
    min(fiscal_year) as fiscal_year,
    min(scope_code) as scope_code,
    applicant_type_code,
    {{ each_code(
        flows,
        "max(case when line_code = '#' then flow end) as #_count, "
        "max(case when line_code = '#' then flow_printed end) as #_count_printed, "
        "max(case when line_code = '#' then flow_status end) as #_count_status"
    ) }},
    bool_or(is_corrected) as is_corrected
from flows
group by report_id, applicant_type_code

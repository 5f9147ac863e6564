-- Applications in and out of the year, by applicant type; the printed 总计 is apart, in fct_printed_totals.
-- grain: report_id, applicant_type_code
{{ config(materialized='view') }}

{%- set flows = ['new', 'carried_in', 'closed', 'carried_out'] %}

with lines as (
    select * from {{ ref('int_cells__form_lines') }}
    where table_no = 3
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
    where table_no = 3
),

applicant_types as (
    select * from {{ ref('dim_applicant_type') }}
),

reports as (
    select * from {{ ref('dim_report') }}
)

select
    reports.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    applicant_types.applicant_type_code,
    {{ each_code(flows, measure_columns('#_count', '#_lines', '#_corrections', 'applicant_types.column_no')) }},
    {{ each_code(flows, is_corrected('#_corrections', 'applicant_types.column_no'), ' or') }} as is_corrected
from reports
cross join applicant_types
{%- for flow in flows %}
inner join lines as {{ flow }}_lines
    on reports.report_id = {{ flow }}_lines.report_id and {{ flow }}_lines.line_code = '{{ flow }}'
left join corrections as {{ flow }}_corrections
    on reports.report_id = {{ flow }}_corrections.report_id and {{ flow }}_corrections.line_code = '{{ flow }}'
{%- endfor %}

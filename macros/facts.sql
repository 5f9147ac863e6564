{# What every fact says of one measure: the value to use, what is printed, the status of what is printed. #}
{% macro measure_columns(name) -%}
    coalesce({{ corrected_value() }}, cells.value) as {{ name }},
    cells.value as {{ name }}_printed,
    cells.value_status as {{ name }}_status
{%- endmacro %}

{# The value of an accepted correction that applies; null where there is none. #}
{% macro corrected_value() -%}
    {{ cell_in_view('corrections.corrected', 'cells.column_no') }}
{%- endmacro %}

{# The cells of one fact with their corrections and reports. They are joined where they lie instead of being imported as
   CTEs: a fact is a view, and those made every query on it half as long again to plan. #}
{% macro from_fact_cells(fact_table) -%}
from {{ ref('int_cells__cells') }} as cells
inner join {{ ref('dim_report') }} as reports on cells.report_id = reports.report_id
left join {{ ref('int_cells__line_corrections') }} as corrections
    on
        cells.report_id = corrections.report_id
        and cells.table_no = corrections.table_no
        and cells.line_code = corrections.line_code
where cells.fact_table = '{{ fact_table }}'
{%- endmacro %}

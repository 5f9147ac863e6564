{# What every fact says of one measure: the value to use, what is printed, the status of what is printed.
   `lines` and `corrections` are aliases of the wide line tables; the three columns come out as one list. #}
{% macro measure_columns(name, lines, corrections, column_no) -%}
    coalesce(
        {{ cell_of(corrections ~ '.corrected', column_no) }},
        {{ cell_of(lines ~ '.value', column_no) }}
    ) as {{ name }},
    {{ cell_of(lines ~ '.value', column_no) }} as {{ name }}_printed,
    {{ cell_of(lines ~ '.status', column_no) }} as {{ name }}_status
{%- endmacro %}

{% macro is_corrected(corrections, column_no) -%}
    {{ cell_of(corrections ~ '.corrected', column_no) }} is not null
{%- endmacro %}

{# The lines of one fact, one row a cell, with the report's keys, as CTEs `lines`, `corrections`, `cells`, `reports`. #}
{% macro fact_sources(fact_table) -%}
lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
),

cells as (
    select * from {{ ref('form_lines') }}
    where fact_table = '{{ fact_table }}'
),

reports as (
    select * from {{ ref('dim_report') }}
)
{%- endmacro %}

{% macro fact_joins() -%}
from lines
inner join cells
    on
        lines.form_version = cells.form_version
        and lines.table_no = cells.table_no
        and lines.line_code = cells.line_code
inner join reports on lines.report_id = reports.report_id
left join corrections
    on
        lines.report_id = corrections.report_id
        and lines.table_no = corrections.table_no
        and lines.line_code = corrections.line_code
{%- endmacro %}

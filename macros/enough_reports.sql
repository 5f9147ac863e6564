{# Condition on a report_id: all reports up to 10,000 of them, beyond that one in so many, the same ones at each build.
   For tests of views that spell every cell or equation out: what such a view does to some thousand reports of every
   kind it does to all, and going through 200 million cells would take longer than building them. #}
{% macro enough_reports(report_id) -%}
    {%- set reports = ref('int_documents__reports') -%}
    {%- set count = run_query('select count(*) from ' ~ reports).rows[0][0] if execute else 0 -%}
    {{ report_id }} % {{ [1, (count / 10000) | round(0, 'ceil') | int] | max }} = 0
{%- endmacro %}

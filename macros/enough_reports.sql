{# Condition on a report_id: all reports up to 10,000 of them, beyond that the first 10,000 by report_id, which is a hash, so
   that they are of every kind and the same ones at each build. For tests of views that spell every cell or equation out:
   what such a view does to some thousand reports it does to all, and going through 200 million cells would take longer
   than building them. A bound, and not one in so many, because the engine carries a bound to all sides of a join. #}
{% macro enough_reports(report_id) -%}
    {%- set next = 'select report_id from ' ~ ref('int_documents__reports') ~ ' order by report_id limit 1 offset 10000' -%}
    {%- set beyond = run_query(next).rows if execute else [] -%}
    {{ report_id ~ ' < ' ~ beyond[0][0] if beyond else 'true' }}
{%- endmacro %}

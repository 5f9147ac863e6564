{# The key of a report: 52 bits over agency, year and scope, the same in every build and exact in JavaScript. #}
{% macro report_key(agency_id, fiscal_year, scope) -%}
    {{ return(adapter.dispatch('report_key', 'gongkai')(agency_id, fiscal_year, scope)) }}
{%- endmacro %}

{% macro default__report_key(agency_id, fiscal_year, scope) -%}
    cast('0x' || left(md5(concat_ws('|', {{ agency_id }}, {{ fiscal_year }}, {{ scope }})), 13) as bigint)
{%- endmacro %}

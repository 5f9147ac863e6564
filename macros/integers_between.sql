{# A column of integers, both ends included. #}
{% macro integers_between(first, last, column_name) -%}
    {{ return(adapter.dispatch('integers_between', 'gongkai')(first, last, column_name)) }}
{%- endmacro %}
{% macro default__integers_between(first, last, column_name) -%}
    select cast(unnest(generate_series({{ first }}, {{ last }})) as integer) as {{ column_name }}
{%- endmacro %}

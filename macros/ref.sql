{# Views must stay valid when they are copied into the published file, whose database has another name:
   so every relation is rendered as schema.table, never as database.schema.table. #}
{% macro ref() -%}
    {%- do return(builtins.ref(*varargs, **kwargs).include(database=false)) -%}
{%- endmacro %}

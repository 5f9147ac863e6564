{# The day decisions with an expiry are judged on: the day of the build (UTC), or `dbt build --vars 'as_of: 2026-12-31'`.
   It is kept in meta.build, so that any build can be made again as it was. #}
{% macro as_of() -%}
    cast('{{ var("as_of", run_started_at.strftime("%Y-%m-%d")) }}' as date)
{%- endmacro %}

{# One row for each report and metric of marts.agency_year: the value, what it is made of, and what is known of it. #}
{% macro metric_values(relation, metric_ids) -%}
    {%- for metric_id in metric_ids %}
    {%- set is_rate = metric_id in rate_definitions() %}
    select
        report_id,
        agency_id,
        fiscal_year,
        scope_code,
        open_hard_findings,
        '{{ metric_id }}' as metric_id,
        cast({{ metric_id }} as double) as metric_value,
        {{ metric_id ~ '_numerator' if is_rate else metric_id }} as numerator,
        {{ metric_id ~ '_denominator' if is_rate else 'cast(null as decimal(24, 6))' }} as denominator,
        {{ metric_id }}_status as metric_status
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

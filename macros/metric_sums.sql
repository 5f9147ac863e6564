{# Sums of every metric over some rows of headlines: of a count where it is known, of a rate's parts where both are; the
   number of rows that are in the sum, and whether one of them is doubtful. #}
{% macro metric_sum_columns() -%}
    {%- for code in headline_codes() %}
        sum({{ code }}) as {{ code }}_numerator,
        cast(null as decimal(24, 6)) as {{ code }}_denominator,
        count({{ code }}) as {{ code }}_reported,
        coalesce(bool_or({{ code }} is not null and {{ code }}_is_doubtful), false) as {{ code }}_is_doubtful,
    {%- endfor %}
    {%- for rate, (numerator, denominator) in rate_definitions().items() %}
        {%- set whole = denominator | join(' + ') %}
        {%- set part = numerator | join(' + ') %}
        sum(case when {{ whole }} is not null then {{ part }} end) as {{ rate }}_numerator,
        sum(case when {{ part }} is not null then {{ whole }} end) as {{ rate }}_denominator,
        count({{ part }} + {{ whole }}) as {{ rate }}_reported,
        coalesce(bool_or(
            {{ part }} + {{ whole }} is not null and ({{ each_code(numerator + denominator, '#_is_doubtful', ' or') }})
        ), false) as {{ rate }}_is_doubtful
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
{%- endmacro %}

{# The columns of metric_sum_columns as one row a metric. #}
{% macro metric_sum_rows(relation, keys) -%}
    {%- set metric_ids = headline_codes() + (rate_definitions().keys() | list) %}
    {%- for metric_id in metric_ids %}
    select
        {{ keys | join(', ') }},
        '{{ metric_id }}' as metric_id,
        cast({{ metric_id }}_numerator as decimal(24, 6)) as numerator,
        cast({{ metric_id }}_denominator as decimal(24, 6)) as denominator,
        cast({{ metric_id }}_reported as integer) as reported_count,
        {{ metric_id }}_is_doubtful as is_doubtful
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

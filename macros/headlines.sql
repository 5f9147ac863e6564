{# Null as soon as one part is: the sum of a cell that is not reported is unknown, not smaller. #}
{% macro sum_of_parts(part_count) -%}
    {%- for k in range(1, part_count + 1) -%}
        coalesce(corrections.corrected_{{ k }}, form_lines.value_{{ k }}){{ ' + ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# One column list for all codes, `#` standing for the code. #}
{% macro each_code(codes, template, separator=',') -%}
    {%- for code in codes -%}
        {{ template | replace('#', code) }}
        {%- if not loop.last %}{{ separator }}
    {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# Numerator and denominator of each rate, null as soon as one headline in them is, and whether one is doubtful or derived. #}
{% macro rate_part_columns(rates) -%}
    {%- for rate, (numerator, denominator) in rates.items() -%}
        {%- set used = numerator + denominator -%}
        cast({{ numerator | join(' + ') }} as decimal(24, 6)) as {{ rate }}_numerator,
        cast({{ denominator | join(' + ') }} as decimal(24, 6)) as {{ rate }}_denominator,
        {{ each_code(used, '#_is_doubtful', ' or') }} as {{ rate }}_is_doubtful,
        {{ each_code(used, "#_status = 'derived'", ' or') }} as {{ rate }}_is_derived
        {%- if not loop.last %},{% endif %}
    {% endfor -%}
{%- endmacro %}

{# What agency_year says of one rate. No case is neither 0 % nor 100 %. #}
{% macro rate_columns(rate) -%}
    {%- set numerator = 'rate_parts.' ~ rate ~ '_numerator' -%}
    {%- set denominator = 'rate_parts.' ~ rate ~ '_denominator' -%}
    case
        when {{ denominator }} > 0 then cast({{ numerator }} as double) / cast({{ denominator }} as double)
    end as {{ rate }},
    {{ numerator }},
    {{ denominator }},
    case
        when {{ numerator }} is null or {{ denominator }} is null or {{ denominator }} < 0 then 'not_available'
        when {{ denominator }} = 0 then 'no_cases'
        when rate_parts.{{ rate }}_is_derived then 'derived'
        else 'reported'
    end as {{ rate }}_status,
    rate_parts.{{ rate }}_is_doubtful
{%- endmacro %}

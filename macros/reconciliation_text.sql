{# How the rule engine writes figures and sentences. The sentences themselves are in seeds/rules. #}

{# 6834.335000 → 6834.335 and -9.000000 → −9: no trailing zeros, a real minus. #}
{% macro number_text(amount) -%}
    replace(rtrim(rtrim(cast(cast({{ amount }} as decimal(38, 6)) as varchar), '0'), '.'), '-', '−')
{%- endmacro %}

{# A term as part of a sum: +215, −3, +264×1000; a constant is its weight. The first + of a side is cut off by side_text. #}
{% macro term_text(is_constant, value, weight) -%}
    concat(
        case when {{ weight }} < 0 then '−' else '+' end,
        case when {{ is_constant }} then {{ number_text('abs(' ~ weight ~ ')') }} else {{ number_text(value) }} end,
        case when not {{ is_constant }} and abs({{ weight }}) <> 1 then concat('×', {{ number_text('abs(' ~ weight ~ ')') }}) end
    )
{%- endmacro %}

{% macro side_text(is_side, term, term_no) -%}
    ltrim({{ listed('case when ' ~ is_side ~ ' then ' ~ term ~ ' end', "''", term_no) }}, '+')
{%- endmacro %}

{# A template with its {placeholders} filled in; what is null is left out. #}
{% macro filled(template, values) -%}
    {%- set text = namespace(sql=template) -%}
    {%- for name, value in values.items() -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '{" ~ name ~ "}', coalesce(" ~ value ~ ", ''))" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}

{# A column list in Chinese and in English, ## standing for the language. #}
{% macro in_both_languages(template) -%}
    {{ template | replace('##', 'zh') }},
    {{ template | replace('##', 'en') }}
{%- endmacro %}

{# Both sides of a sum as printed and as repaired, in figures and as text, from its terms and their texts. #}
{% macro repaired_sides() -%}
    {%- for state, value in [('printed', 'printed_value'), ('repaired', 'value')] -%}
    {%- for side in ['left', 'right'] -%}
    cast(sum(case when side = '{{ side }}' then weight * {{ value }} end) as decimal(38, 6)) as {{ side }}_{{ state }},
    {{ side_text("side = '" ~ side ~ "'", 'text_' ~ state, 'term_no') }} as {{ side }}_text_{{ state }}
    {%- if not loop.last %},
    {% endif -%}
    {%- endfor -%}
    {%- if not loop.last %},
    {% endif -%}
    {%- endfor -%}
{%- endmacro %}

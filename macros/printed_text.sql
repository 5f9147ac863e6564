{# Engine-specific SQL for the text found in a cell. All of it runs over distinct texts only, except
   plain_integer, which is the vectorised fast path over every cell. #}

{# The integer a text is, if it is nothing but one: digits with at most a minus, no leading zero, at most nine digits or so.
   The round trip refuses what a bare cast lets through: '12.6' (13), '1e3', '1_000', '007', ' 12'. #}
{% macro plain_integer(text) -%}
    case when cast(try_cast({{ text }} as integer) as varchar) = {{ text }} then try_cast({{ text }} as integer) end
{%- endmacro %}

{# Full-width and typographic characters to their plain ones; every kind of blank to one ordinary space. #}
{% macro plain_characters(text) -%}
    trim(regexp_replace(
        translate(
            replace({{ text }}, '&nbsp;', ' '),
            '０１２３４５６７８９，．＋－−–—―‐‑﹣／（）％',
            '0123456789,.+--------/()%'
        ),
        '[\s\x{00A0}\x{2000}-\x{200B}\x{202F}\x{205F}\x{3000}\x{FEFF}]+', ' ', 'g'
    ))
{%- endmacro %}

{# A printed name without the spaces and brackets' width that differ from one document to the next. #}
{% macro normalised_name(text) -%}
    replace({{ plain_characters(text) }}, ' ', '')
{%- endmacro %}

{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches', 'gongkai')(text, pattern)) }}
{%- endmacro %}
{% macro default__matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro extract(text, pattern, group) -%}
    {{ return(adapter.dispatch('extract', 'gongkai')(text, pattern, group)) }}
{%- endmacro %}
{% macro default__extract(text, pattern, group) -%}
    regexp_extract({{ text }}, '{{ pattern }}', {{ group }})
{%- endmacro %}

{# sign word, digits, unit word; everything empty when the text is not built that way. #}
{% macro number_pattern() -%}
    ^([^0-9.,()]*)([0-9][0-9.,]*)([^0-9.,()]*)$
{%- endmacro %}

{# 0, 12, 1,234, 2.953 — neither 1,23 nor 007 (two glued figures as likely as one) nor more than nine decimals. #}
{% macro well_formed_number_pattern() -%}
    ^(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})([.][0-9]{1,9})?$
{%- endmacro %}

{% macro without_trailing_remark(text) -%}
    regexp_replace({{ text }}, '\((其中|含|包括)[^()]*\)$', '')
{%- endmacro %}

{% macro decimal_count(digits) -%}
    case when {{ digits }} like '%.%' then length(split_part({{ digits }}, '.', 2)) else 0 end
{%- endmacro %}

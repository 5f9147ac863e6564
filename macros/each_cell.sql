{# The same expression for each of a line's seven cells, `#` standing for the number of the cell:
   each_cell('value_#') is value_1, value_2 … value_7. #}
{% macro each_cell(template, separator=',') -%}
    {%- for k in range(1, 8) -%}
        {{ template | replace('#', k | string) }}
        {%- if not loop.last %}{{ separator }}
    {% endif -%}
    {%- endfor -%}
{%- endmacro %}

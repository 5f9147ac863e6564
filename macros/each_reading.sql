{# The same expression for each reading a claim of the prose may have, `#` standing for its number: as each_cell does for
   cells. The seed is tested to number its readings from 1 to 3. #}
{% macro each_reading(template, separator=',') -%}
    {%- for k in range(1, 4) -%}
        {{ template | replace('#', k | string) }}
        {%- if not loop.last %}{{ separator }}
    {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# What the tables say under reading #: the figure as printed, or the sum of its parts where that is not. #}
{% macro reading_value(readings='readings') -%}
    coalesce({{ readings }}.printed_#, {{ readings }}.added_#)
{%- endmacro %}

{# How many readings of a claim have a figure. #}
{% macro known_readings(readings='readings') -%}
    {{ each_reading('case when ' ~ reading_value(readings) ~ ' is null then 0 else 1 end', ' +') }}
{%- endmacro %}

{# What the cells of a line add up to that have a bit in `cells`; null where one of them has no figure. #}
{% macro sum_of_cells(cell, cells) -%}
    {{ each_cell('case when ' ~ cells ~ ' & (1 << (# - 1)) <> 0 then ' ~ cell ~ ' else 0 end', ' +') }}
{%- endmacro %}

{# What the lines of reading # add up to; null where one of them has no figure. #}
{% macro sum_of_reading(line_value) -%}
    cast(
        case
            when not bool_or(weight_# is not null and {{ line_value }} is null) then sum(weight_# * {{ line_value }})
        end as decimal(24, 6)
    )
{%- endmacro %}

{# The value of a cell to be added up, where form_lines and corrections are joined: the accepted correction, else what is printed.
   An amount without a unit is in no sum, unless it is 0, which is 0 in any unit. #}
{% macro used_value(k) -%}
    coalesce(
        corrections.corrected_{{ k }},
        case
            when coalesce(form_lines.unit_{{ k }}, '') <> 'unstated' or form_lines.value_{{ k }} = 0
                then form_lines.value_{{ k }}
        end
    )
{%- endmacro %}

{% macro is_used_blank(k) -%}
    (corrections.corrected_{{ k }} is null and coalesce(form_lines.status_{{ k }} = 'blank', false))
{%- endmacro %}

{# The keys a home's lines are added up by. #}
{% macro home_line_keys(lines, kind) -%}
    reports.fiscal_year,
    reports.home_code,
    {{ lines }}.form_version,
    {{ lines }}.table_no,
    {{ lines }}.line_code,
    '{{ kind }}' as line_kind
{%- endmacro %}

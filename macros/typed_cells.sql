{# The seven cells of a line are typed alike; models loop over 1..7 and these four expressions say how one is.
   `form_rows`, `form_lines` and `printed_k` are the aliases int_cells__typed_rows joins under. #}

{# A refused placement says the figure may belong to another cell: its text is kept, its value is not.
   An amount printed in 件, or a count printed in 元, is a figure of another cell or a misprint: not read either. #}
{% macro cell_status(k) -%}
    case
        when form_lines.form_unit_{{ k }} is null then null
        when form_rows.placed_by_{{ k }} like 'refused%' then 'unreadable'
        when form_rows.text_{{ k }} is null then 'missing'
        when form_rows.text_{{ k }} = '' then 'blank'
        when form_rows.integer_{{ k }} is not null then 'reported'
        when form_lines.form_unit_{{ k }} = 'count' and printed_{{ k }}.unit_kind = 'money' then 'unreadable'
        when form_lines.form_unit_{{ k }} <> 'count' and printed_{{ k }}.unit_kind = 'count' then 'unreadable'
        else printed_{{ k }}.value_status
    end
{%- endmacro %}

{# Amounts: 元 for 采购总金额, 万元 for 收费金额; 251000元 → 25.1 万元. A figure without 元 is kept as it stands. #}
{% macro cell_amount(k) -%}
    case
        when form_rows.integer_{{ k }} is not null then cast(form_rows.integer_{{ k }} as decimal(24, 6))
        when form_lines.form_unit_{{ k }} = 'wan_yuan' and printed_{{ k }}.unit_kind = 'money' then printed_{{ k }}.wan_yuan_value
        else printed_{{ k }}.printed_value
    end
{%- endmacro %}

{% macro cell_step(k) -%}
    case
        when printed_{{ k }}.precision_step is null then null
        when form_lines.form_unit_{{ k }} = 'wan_yuan' and printed_{{ k }}.unit_kind = 'money' then printed_{{ k }}.wan_yuan_step
        else printed_{{ k }}.precision_step
    end
{%- endmacro %}

{# No unit printed: a fee is in 万元 because the form says so, a bare 万 or 亿 beside either amount says nothing of 元. #}
{% macro cell_unit(k) -%}
    case
        when form_lines.form_unit_{{ k }} = 'count' then 'count'
        when printed_{{ k }}.unit_kind = 'money' then form_lines.form_unit_{{ k }}
        when form_lines.form_unit_{{ k }} = 'wan_yuan' and printed_{{ k }}.precision_step is null then 'wan_yuan'
        when form_lines.form_unit_{{ k }} is not null then 'unstated'
    end
{%- endmacro %}

{# One of the seven parallel columns, chosen by a cell's column number: cell_of('lines.value', 'cells.column_no'). #}
{% macro cell_of(stem, column_no) -%}
    case {{ column_no }}
        {%- for k in range(1, 8) %}
        when {{ k }} then {{ stem }}_{{ k }}
        {%- endfor %}
    end
{%- endmacro %}

{# How many cells of a group of lines have this status. #}
{% macro cells_with_status(status, lines=none) -%}
    {%- set status_column = (lines ~ '.' if lines else '') ~ 'status_#' -%}
    cast(sum({{ each_cell("case when " ~ status_column ~ " = '" ~ status ~ "' then 1 else 0 end", ' +') }}) as integer)
{%- endmacro %}

{# On a line of nothing but counts: a blank cell is a bit of `blanks`; what is neither a count nor blank is no cell of the form. #}
{% macro is_blank_cell(k) -%}
    blanks & (1 << ({{ k }} - 1)) <> 0
{%- endmacro %}

{% macro is_form_cell(k) -%}
    (count_{{ k }} is not null or {{ is_blank_cell(k) }})
{%- endmacro %}

{# What such a cell prints, in which line of the source, and what placed it there. #}
{% macro count_text(k) -%}
    case when count_{{ k }} is not null then cast(count_{{ k }} as varchar) when {{ is_blank_cell(k) }} then '' end
{%- endmacro %}

{% macro count_line_no(k) -%}
    case when {{ is_form_cell(k) }} then first_line_no + ({{ k }} - 1) * line_step end
{%- endmacro %}

{% macro count_placed_by(k) -%}
    case when {{ is_form_cell(k) }} then placed_by end
{%- endmacro %}

{# Recognised rows as text, from CTEs `count_rows`, as many as are to be spelt out, and `text_rows`. A whole select. #}
{% macro form_rows() -%}
select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell(
        count_text('#') ~ ' as text_#, ' ~ count_line_no('#') ~ ' as line_no_#, ' ~ count_placed_by('#') ~ ' as placed_by_#'
    ) }}
from count_rows

union all

select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('text_#, line_no_#, placed_by_#') }}
from text_rows
{%- endmacro %}

{# Form lines from the two tables they are kept in: lines of nothing but counts, spelt out as int_cells__other_lines has its
   own, and those. A whole select over CTEs `count_lines`, all of them or a few, and `other_lines`. #}
{% macro form_lines() -%}
select
    report_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell(
        count_text('#') ~ " as text_#, "
        "cast(count_# as decimal(24, 6)) as value_#, "
        "case when count_# is not null then 'reported' when " ~ is_blank_cell('#') ~ " then 'blank' end as status_#, "
        "case when " ~ is_form_cell('#') ~ " then 'count' end as unit_#, "
        "cast(null as decimal(24, 6)) as step_#, "
        ~ count_line_no('#') ~ " as line_no_#, "
        ~ count_placed_by('#') ~ " as placed_by_#"
    ) }}
from count_lines

union all

select
    report_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('text_#, value_#, status_#, unit_#, step_#, line_no_#, placed_by_#') }}
from other_lines
{%- endmacro %}

{# The lines of nothing but counts of some reports: of a relation with report_id and document_id, and of some lines of the
   forms: of a relation with form_version, table_no and line_code. A whole select. Few reports or few lines are best told before the join, so
   that nothing is done for the others. #}
{% macro count_lines(reports, lines=none) -%}
select
    reports.report_id,
    count_rows.form_version,
    count_rows.table_no,
    count_rows.line_code,
    count_rows.page_no,
    count_rows.line_no,
    count_rows.placed_by,
    count_rows.first_line_no,
    count_rows.line_step,
    {{ each_cell('count_rows.count_#') }},
    count_rows.blanks
from {{ ref('stg_count_rows') }} as count_rows
inner join {{ reports }} as reports on count_rows.document_id = reports.document_id
{%- if lines %}
inner join {{ lines }} as form_lines
    on
        count_rows.form_version = form_lines.form_version
        and count_rows.table_no = form_lines.table_no
        and count_rows.line_code = form_lines.line_code
{%- endif %}
{%- endmacro %}

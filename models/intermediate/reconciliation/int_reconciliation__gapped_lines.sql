-- The lines on which an equation may not be evaluable: those with a gap (a cell without a figure, or an amount in
-- another unit than a rule asks for) with all that share a rule down their columns with one, and those of rules for
-- some levels where the level is not known.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

all_other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
),

level_rules as (
    select * from {{ ref('int_reconciliation__level_rules') }}
),

gaps as (
    select
        reports.report_id,
        count_rows.form_version,
        count_rows.table_no,
        count_rows.line_code
    from {{ ref('stg_count_rows') }} as count_rows
    inner join reports on count_rows.document_id = reports.document_id
    where count_rows.blanks <> 0

    union all

    select
        report_id,
        form_version,
        table_no,
        line_code
    from all_other_lines
    where {{ any_cell("status_# <> 'reported'") }}

    union all

    select
        form_lines.report_id,
        form_lines.form_version,
        form_lines.table_no,
        form_lines.line_code
    from all_other_lines as form_lines
    inner join line_terms as terms on {{ on_form_line() }}
    where terms.needs_unit and ({{ any_cell(is_in_other_unit('form_lines.unit_#')) }})
),

gapped as (
    select * from gaps

    union

    select
        form_lines.report_id,
        shared.form_version,
        shared.table_no,
        shared.line_code
    from gaps as form_lines
    inner join line_terms as terms on {{ on_form_line() }}
    inner join line_terms as shared on terms.check_no = shared.check_no
    where terms.axis = 'column'

    union

    select
        level_rules.report_id,
        line_terms.form_version,
        line_terms.table_no,
        line_terms.line_code
    from level_rules
    inner join line_terms on level_rules.rule_id = line_terms.level_rule_id
    where not level_rules.is_level_known
),

-- Few lines of a form have a gap in any report, so the others need not be spelt out.
lines_with_gaps as (
    select distinct
        form_version,
        table_no,
        line_code
    from gapped
),

all_count_lines as (
    {{ count_lines('reports', 'lines_with_gaps') }}
),

{% for lines in ['count_lines', 'other_lines'] -%}
{{ lines }} as (
    select all_{{ lines }}.*
    from all_{{ lines }}
    inner join gapped
        on
            all_{{ lines }}.report_id = gapped.report_id
            and all_{{ lines }}.form_version = gapped.form_version
            and all_{{ lines }}.table_no = gapped.table_no
            and all_{{ lines }}.line_code = gapped.line_code
){{ "," if not loop.last }}

{% endfor -%}
{{ form_lines() }}

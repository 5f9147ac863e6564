-- The lines on which an equation may not be evaluable: those of every table with a gap (a cell without a figure, or an
-- amount in another unit than a rule asks for), and those of rules for some levels where the level is not known.
-- grain: report_id, table_no, line_code
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

gapped_tables as (
    select
        reports.report_id,
        count_rows.table_no
    from {{ ref('stg_count_rows') }} as count_rows
    inner join reports on count_rows.document_id = reports.document_id
    where count_rows.blanks <> 0

    union

    select
        report_id,
        table_no
    from all_other_lines
    where {{ any_cell("status_# <> 'reported'") }}

    union

    select
        form_lines.report_id,
        form_lines.table_no
    from all_other_lines as form_lines
    inner join line_terms as terms on {{ on_form_line() }}
    where terms.needs_unit and ({{ any_cell(is_in_other_unit('form_lines.unit_#')) }})
),

lines_of_unknown_level as (
    select
        level_rules.report_id,
        line_terms.form_version,
        line_terms.table_no,
        line_terms.line_code
    from level_rules
    inner join line_terms on level_rules.rule_id = line_terms.level_rule_id
    where not level_rules.is_level_known
),

gapped_documents as (
    select
        report_id,
        document_id
    from reports
    where
        report_id in (select gapped_tables.report_id from gapped_tables)
        or report_id in (select unlevelled.report_id from lines_of_unknown_level as unlevelled)
),

lines_of_gapped as (
    {{ count_lines('gapped_documents') }}
),

{% for lines, source in [('count_lines', 'lines_of_gapped'), ('other_lines', 'all_other_lines')] -%}
{{ lines }} as (
    select * from {{ source }}
    where
        (report_id, table_no) in (select (gapped_tables.report_id, gapped_tables.table_no) from gapped_tables)
        or (report_id, form_version, table_no, line_code) in (
            select (unlevelled.report_id, unlevelled.form_version, unlevelled.table_no, unlevelled.line_code)
            from lines_of_unknown_level as unlevelled
        )
){{ "," if not loop.last }}

{% endfor -%}
{{ form_lines() }}

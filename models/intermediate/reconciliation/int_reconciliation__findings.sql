-- One row for every equation of the tables a report breaks, with its figures, its words and its place.
-- grain: finding_id
with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

failed_values as (
    select * from {{ ref('int_reconciliation__failed_values') }}
),

equation_texts as (
    select * from {{ ref('int_reconciliation__equation_texts') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

texts as (
    select * from {{ ref('reconciliation_texts') }}
),

form_lines as (
    select * from {{ ref('form_lines') }}
),

worded as (
    select
        failed_equations.*,
        failed_values.left_value,
        failed_values.right_value,
        failed_values.difference,
        equation_texts.left_text,
        equation_texts.symbol,
        equation_texts.right_text,
        equation_texts.members_text,
        equation_texts.coverage_text,
        equation_texts.page_no,
        equation_texts.line_no,
        texts.text_zh as equation_template,
        form_lines.line_label_zh as line_zh,
        form_lines.line_name_en as line_en,
        form_lines.column_label_zh as column_zh,
        form_lines.column_name_en as column_en
    from failed_equations
    inner join failed_values on failed_equations.finding_id = failed_values.finding_id
    inner join equation_texts on failed_equations.finding_id = equation_texts.finding_id
    inner join texts
        on texts.text_code = case when equation_texts.is_fraction then 'not_whole' else 'equation' end
    inner join form_lines
        on
            failed_equations.form_version = form_lines.form_version
            and failed_equations.table_no = form_lines.table_no
            and equation_texts.place_line_code = form_lines.line_code
            and equation_texts.place_column_code = form_lines.column_code
)

select
    worded.finding_id,
    worded.report_id,
    worded.rule_id,
    worded.table_no,
    worded.line_code,
    worded.column_code,
    worded.left_value,
    worded.right_value,
    worded.difference,
    {{ filled('worded.equation_template', {
        'left': 'worded.left_text',
        'symbol': 'worded.symbol',
        'right': 'worded.right_text',
        'difference': number_text('worded.difference'),
    }) }} as equation_text,
    {{ in_both_languages(
        filled('rules.message_##', {
            'line': 'worded.line_##',
            'column': 'worded.column_##',
            'terms': 'worded.left_text',
            'left': number_text('worded.left_value'),
            'right': number_text('worded.right_value'),
            'difference': number_text('worded.difference'),
            'members': 'worded.members_text',
            'coverage': 'worded.coverage_text',
        }) ~ ' as message_##'
    ) }},
    worded.page_no,
    worded.line_no
from worded
inner join rules on worded.rule_id = rules.rule_id

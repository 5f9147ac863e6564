-- The smallest changes that mend a group of broken sums: every one of them, cell by cell, with its proof. Nothing is
-- overwritten.
-- grain: group_id, candidate_no, report_id, table_no, line_code, column_code
{{ config(materialized='table') }}

with cells as (
    select * from {{ ref('int_reconciliation__repair_cells') }}
),

candidates as (
    select * from {{ ref('int_reconciliation__repairs') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

texts as (
    select * from {{ ref('reconciliation_texts') }}
),

form_lines as (
    select * from {{ ref('form_lines') }}
),

named_cells as (
    select
        cells.*,
        reports.source_path,
        reports.fiscal_year,
        form_lines.line_label_zh as line_zh,
        form_lines.line_name_en as line_en,
        form_lines.column_label_zh as column_zh,
        form_lines.column_name_en as column_en,
        row_number() over (
            partition by cells.group_id, cells.repair_no
            order by reports.fiscal_year, form_lines.line_no, form_lines.column_no
        ) as cell_no
    from cells
    inner join reports on cells.report_id = reports.report_id
    inner join form_lines
        on
            cells.form_version = form_lines.form_version
            and cells.table_no = form_lines.table_no
            and cells.line_code = form_lines.line_code
            and cells.column_code = form_lines.column_code
),

changes as (
    select
        named_cells.group_id,
        named_cells.repair_no,
        {{ in_both_languages(
            listed(filled('texts.text_##', {
                'year': 'cast(named_cells.fiscal_year as varchar)',
                'line': 'named_cells.line_##',
                'column': 'named_cells.column_##',
                'old': number_text('named_cells.printed_value'),
                'new': number_text('named_cells.suggested_value'),
            }), "'; '", 'named_cells.cell_no') ~ ' as changes_##'
        ) }}
    from named_cells
    inner join texts on texts.text_code = 'proof_change'
    group by named_cells.group_id, named_cells.repair_no
)

select
    named_cells.group_id,
    candidates.candidate_no,
    named_cells.report_id,
    named_cells.source_path,
    named_cells.table_no,
    named_cells.line_code,
    named_cells.column_code,
    named_cells.printed_value,
    named_cells.suggested_value,
    named_cells.cell_count,
    candidates.candidate_count = 1 as is_unique,
    candidates.is_thin,
    candidates.prose_verdict,
    {%- for language in ['zh', 'en'] %}
    -- The long ones last: what is filled in before is copied by every one after it.
    concat({{ filled('texts.text_' ~ language, {
        'line': 'named_cells.line_' ~ language,
        'column': 'named_cells.column_' ~ language,
        'old': number_text('named_cells.printed_value'),
        'new': number_text('named_cells.suggested_value'),
        'size': 'cast(named_cells.cell_count as varchar)',
        'count': 'cast(candidates.sums_checked as varchar)',
        'candidates': 'cast(candidates.candidate_count as varchar)',
        'changes': 'changes.changes_' ~ language,
        'broken': 'candidates.broken_' ~ language,
        'mended': 'candidates.mended_' ~ language,
    }) }}, case when candidates.is_thin then {{ filled('thin.text_' ~ language, {
        'count': 'cast(candidates.sums_checked as varchar)',
    }) }} end, candidates.prose_{{ language }}) as {{ 'proof' if language == 'zh' else 'proof_en' }},
    {%- endfor %}
    named_cells.page_no,
    named_cells.line_no
from named_cells
inner join candidates on named_cells.group_id = candidates.group_id and named_cells.repair_no = candidates.repair_no
inner join changes on named_cells.group_id = changes.group_id and named_cells.repair_no = changes.repair_no
inner join texts
    on
        texts.text_code = concat(
            'proof_',
            case when named_cells.cell_count > 1 then 'cells_' else '' end,
            case when candidates.candidate_count = 1 then 'unique' else 'ambiguous' end
        )
inner join texts as thin on thin.text_code = 'proof_thin'

-- Single cells whose change mends a group of broken sums: every one of them, with its proof. Nothing is overwritten.
-- grain: group_id, candidate_no
{{ config(materialized='table') }}

with candidates as (
    select * from {{ ref('int_reconciliation__repair_candidates') }}
),

evidence as (
    select * from {{ ref('int_reconciliation__repair_evidence') }}
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

proven as (
    select
        candidates.*,
        reports.source_path,
        evidence.sums_checked,
        evidence.broken_zh,
        evidence.broken_en,
        evidence.mended_zh,
        evidence.mended_en,
        form_lines.line_label_zh as line_zh,
        form_lines.line_name_en as line_en,
        form_lines.column_label_zh as column_zh,
        form_lines.column_name_en as column_en,
        row_number() over (
            partition by candidates.group_id
            order by candidates.table_no, form_lines.line_no, form_lines.column_no, reports.fiscal_year
        ) as candidate_no,
        count(*) over (partition by candidates.group_id) as candidate_count
    from candidates
    inner join evidence
        on
            candidates.group_id = evidence.group_id
            and candidates.report_id = evidence.report_id
            and candidates.table_no = evidence.table_no
            and candidates.line_code = evidence.line_code
            and candidates.column_code = evidence.column_code
    inner join reports on candidates.report_id = reports.report_id
    inner join form_lines
        on
            candidates.form_version = form_lines.form_version
            and candidates.table_no = form_lines.table_no
            and candidates.line_code = form_lines.line_code
            and candidates.column_code = form_lines.column_code
)

select
    proven.group_id,
    cast(proven.candidate_no as integer) as candidate_no,
    proven.report_id,
    proven.source_path,
    proven.table_no,
    proven.line_code,
    proven.column_code,
    proven.printed_value,
    proven.suggested_value,
    1 as cell_count,
    proven.candidate_count = 1 as is_unique,
    {{ filled('texts.text_zh', {
        'broken': 'proven.broken_zh',
        'line': 'proven.line_zh',
        'column': 'proven.column_zh',
        'old': number_text('proven.printed_value'),
        'new': number_text('proven.suggested_value'),
        'count': 'cast(proven.sums_checked as varchar)',
        'mended': 'proven.mended_zh',
        'candidates': 'cast(proven.candidate_count as varchar)',
    }) }} as proof,
    {{ filled('texts.text_en', {
        'broken': 'proven.broken_en',
        'line': 'proven.line_en',
        'column': 'proven.column_en',
        'old': number_text('proven.printed_value'),
        'new': number_text('proven.suggested_value'),
        'count': 'cast(proven.sums_checked as varchar)',
        'mended': 'proven.mended_en',
        'candidates': 'cast(proven.candidate_count as varchar)',
    }) }} as proof_en,
    proven.page_no,
    proven.line_no
from proven
inner join texts
    on texts.text_code = case when proven.candidate_count = 1 then 'proof_unique' else 'proof_ambiguous' end

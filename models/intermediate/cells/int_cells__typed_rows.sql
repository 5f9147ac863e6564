-- Recognised lines of every document ever read that are more than counts, typed: value, status, unit and step of up to
-- seven cells. They print words, units or figures in doubt, or the form asks for an amount there, however plain it is.
-- grain: document_id, table_no, line_code
{{ config(materialized='view') }}

with form_lines as (
    select * from {{ ref('stg_form_lines') }}
),

text_rows as (
    select * from {{ ref('stg_text_rows') }}
),

form_rows as (
    select * from {{ ref('stg_form_rows') }}
),

other_rows as (
    select
        text_rows.document_id,
        text_rows.form_version,
        text_rows.table_no,
        text_rows.line_code,
        text_rows.page_no,
        text_rows.line_no,
        {{ each_cell('text_rows.text_#, text_rows.line_no_#, text_rows.placed_by_#') }}
    from text_rows
    inner join form_lines
        on
            text_rows.form_version = form_lines.form_version
            and text_rows.table_no = form_lines.table_no
            and text_rows.line_code = form_lines.line_code
    where form_lines.is_counts_only

    union all

    select
        form_rows.document_id,
        form_rows.form_version,
        form_rows.table_no,
        form_rows.line_code,
        form_rows.page_no,
        form_rows.line_no,
        {{ each_cell('form_rows.text_#, form_rows.line_no_#, form_rows.placed_by_#') }}
    from form_rows
    inner join form_lines
        on
            form_rows.form_version = form_lines.form_version
            and form_rows.table_no = form_lines.table_no
            and form_rows.line_code = form_lines.line_code
    where not form_lines.is_counts_only
),

typed_rows as (
    {{ typed_rows('other_rows') }}
)

select * from typed_rows

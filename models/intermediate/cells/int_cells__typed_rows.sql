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

-- Counts of lines on which the form asks for an amount.
count_rows as (
    select count_rows.*
    from {{ ref('stg_count_rows') }} as count_rows
    inner join form_lines
        on
            count_rows.form_version = form_lines.form_version
            and count_rows.table_no = form_lines.table_no
            and count_rows.line_code = form_lines.line_code
    where not form_lines.is_counts_only
),

other_rows as (
    {{ form_rows() }}
),

typed_rows as (
    {{ typed_rows('other_rows') }}
)

select * from typed_rows

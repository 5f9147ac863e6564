-- The lines of each report that its statutory tables were read from: what a figure looked like where it is printed.
-- grain: report_id, line_no
{{ config(materialized='table') }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

form_tables as (
    select * from {{ ref('stg_form_tables') }}
),

text_lines as (
    select * from {{ ref('stg_text_lines') }}
)

select
    reports.report_id,
    text_lines.line_no,
    text_lines.page_no,
    text_lines.line_text
from reports
inner join text_lines on reports.document_id = text_lines.document_id
where
    exists (
        select 1
        from form_tables
        where
            form_tables.document_id = text_lines.document_id
            and text_lines.line_no between form_tables.first_line_no and form_tables.last_line_no
    )

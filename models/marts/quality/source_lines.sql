-- The lines of each report that its statutory tables were read from: what a figure looked like where it is printed.
-- A view: the text stands in raw as it was read, and readers get it as a table. It is written once.
-- grain: report_id, line_no
{{ config(materialized='view', meta={'published_as': 'table'}) }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

-- The lines of a document's tables, one row a document: the tables of a report are few, its lines many.
form_tables as (
    select
        document_id,
        max(case when table_no = 2 then first_line_no end) as first_line_no_2,
        max(case when table_no = 2 then last_line_no end) as last_line_no_2,
        max(case when table_no = 3 then first_line_no end) as first_line_no_3,
        max(case when table_no = 3 then last_line_no end) as last_line_no_3,
        max(case when table_no = 4 then first_line_no end) as first_line_no_4,
        max(case when table_no = 4 then last_line_no end) as last_line_no_4
    from {{ ref('stg_form_tables') }}
    group by document_id
),

text_lines as (
    select * from {{ ref('stg_text_lines') }}
)

select
    reports.report_id,
    text_lines.line_no,
    text_lines.page_no,
    text_lines.line_text
from text_lines
inner join reports on text_lines.document_id = reports.document_id
inner join form_tables on text_lines.document_id = form_tables.document_id
where
    text_lines.line_no between form_tables.first_line_no_2 and form_tables.last_line_no_2
    or text_lines.line_no between form_tables.first_line_no_3 and form_tables.last_line_no_3
    or text_lines.line_no between form_tables.first_line_no_4 and form_tables.last_line_no_4

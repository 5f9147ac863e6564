-- The lines that the exact checks have to go through: those the sieve left, and all that are not mere counts.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with suspects as (
    select * from {{ ref('int_reconciliation__suspects') }}
),

suspect_documents as (
    select
        report_id,
        document_id
    from {{ ref('int_documents__reports') }}
    where report_id in (select suspects.report_id from suspects)
),

lines_of_suspects as (
    {{ count_lines('suspect_documents') }}
),

count_lines as (
    select *
    from lines_of_suspects
    where
        (report_id, table_no) in (
            select (suspects.report_id, suspects.table_no) from suspects
            where suspects.line_code is null
        )
        or (report_id, table_no, line_code) in (
            select (suspects.report_id, suspects.table_no, suspects.line_code) from suspects
            where suspects.line_code is not null
        )
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
)

{{ form_lines() }}

-- The lines that the exact checks have to go through: those the sieve left, and all that are not mere counts.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with suspects as (
    select * from {{ ref('int_reconciliation__suspects') }}
),

count_lines as (
    select *
    from {{ ref('int_cells__count_lines') }}
    where
        report_id in (select suspects.report_id from suspects)
        and (
            (report_id, table_no) in (
                select (suspects.report_id, suspects.table_no) from suspects
                where suspects.line_code is null
            )
            or (report_id, table_no, line_code) in (
                select (suspects.report_id, suspects.table_no, suspects.line_code) from suspects
                where suspects.line_code is not null
            )
        )
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
)

{{ form_lines() }}

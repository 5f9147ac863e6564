-- The whole form of every accepted report, seven cells a line, as printed.
-- A view: lines of counts, which nearly all are, are kept as integers, and what nobody asks for of it costs nothing.
-- One row a cell is int_cells__cells.
-- grain: report_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

with count_lines as (
    select * from {{ ref('int_cells__count_lines') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
)

{{ form_lines() }}

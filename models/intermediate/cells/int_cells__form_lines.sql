-- The whole form of every accepted report, seven cells a line, as printed.
-- A view: lines of counts, which nearly all are, are kept as integers. The readable long tables (form_cells, the facts)
-- are views over it in turn, and what nobody asks for of it costs nothing.
-- grain: report_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

with count_lines as (
    select * from {{ ref('int_cells__count_lines') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
)

{{ form_lines() }}

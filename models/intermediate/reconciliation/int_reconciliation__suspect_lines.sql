-- The lines that may break a rule along them or for one of their cells: the lines of counts that do not come out in
-- integers, blanks as nothing, and all that are not mere counts.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with line_checks as (
    select * from {{ ref('int_reconciliation__line_checks') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

-- A line with several rules along it is here once.
suspect_rows as (
    select distinct form_lines.*
    from {{ ref('stg_count_rows') }} as form_lines
    inner join line_checks as terms on {{ on_form_line() }}
    where
        not terms.is_plain
        or {{ each_cell('coalesce(form_lines.count_#, 0) * terms.weight_#', ' +') }} <> terms.zero_margin
        or least({{ each_cell('form_lines.count_#') }}) < terms.least_count
        or greatest({{ each_cell('form_lines.count_#') }}) > terms.greatest_count
),

count_lines as (
    select
        reports.report_id,
        suspect_rows.*
    from suspect_rows
    inner join reports on suspect_rows.document_id = reports.document_id
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
)

{{ form_lines() }}

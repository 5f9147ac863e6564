-- The lines that rules over two years look at, of reports with one for the year before or after. Few lines of a form
-- are in such a rule, so the others need not be spelt out.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with linked_terms as (
    select * from {{ ref('int_reconciliation__linked_terms') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

linked_reports as (
    select
        report_id,
        document_id
    from {{ ref('int_documents__reports') }}
    where
        report_id in (select previous_reports.report_id from previous_reports)
        or report_id in (select previous_reports.previous_report_id from previous_reports)
),

linked_lines as (
    select * from {{ ref('stg_form_lines') }}
    where (table_no, line_code) in (select (linked_terms.table_no, linked_terms.term_line_code) from linked_terms)
),

count_lines as (
    {{ count_lines('linked_reports', 'linked_lines') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
    where
        report_id in (select linked_reports.report_id from linked_reports)
        and (table_no, line_code) in (select (linked_terms.table_no, linked_terms.term_line_code) from linked_terms)
)

{{ form_lines() }}

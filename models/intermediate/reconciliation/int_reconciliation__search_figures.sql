-- What is printed in the terms of the sums to search, within a report.
-- A view: one model reads it, once.
-- grain: report_id, sum_no, term
{{ config(materialized='view') }}

with searched as (
    select * from {{ ref('int_reconciliation__search_reports') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

terms as (
    select * from {{ ref('int_reconciliation__search_terms') }}
    where earlier_form_version is null
)

select
    lines.report_id,
    lines.table_no,
    terms.sum_no,
    terms.weight,
    terms.has_tolerance,
    {{ cell_of('lines.value', 'terms.term_column_no') }} as value,
    {{ cell_of('lines.step', 'terms.term_column_no') }} as precision_step
from lines
inner join searched on lines.report_id = searched.report_id and lines.table_no = searched.table_no
inner join terms
    on
        lines.form_version = terms.form_version
        and lines.table_no = terms.table_no
        and lines.line_code = terms.term_line_code

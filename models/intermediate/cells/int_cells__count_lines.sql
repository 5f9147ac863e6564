-- The lines of accepted reports that are nothing but counts, as nearly all are: integers instead of decimals, texts and
-- statuses. What a cell prints, says and where it stands follows from them; int_cells__form_lines spells it out.
-- grain: report_id, table_no, line_code
{{ config(tags=['published']) }}

with {{ integer_rows(ref('stg_form_rows')) }},

reports as (
    select * from {{ ref('int_documents__reports') }}
)

select
    reports.report_id,
    form_rows.form_version,
    form_rows.table_no,
    form_rows.line_code,
    form_rows.page_no,
    form_rows.line_no,
    form_rows.placed_by_1 as placed_by,
    form_rows.line_no_1 as first_line_no,
    form_rows.line_step,
    {{ each_cell('form_rows.integer_# as count_#') }},
    cast({{ each_cell("case when form_rows.text_# = '' then 1 << (# - 1) else 0 end", ' +') }} as utinyint) as blanks
from form_rows
inner join reports on form_rows.document_id = reports.document_id
where form_rows.is_counts_only

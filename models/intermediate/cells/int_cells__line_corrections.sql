-- Accepted corrections that apply now, on the line they belong to: the value to use in place of what is printed.
-- A correction stops applying as soon as the report prints something else than the value it was decided on.
-- grain: report_id, table_no, line_code
{{ config(tags=['published']) }}

with corrections as (
    select * from {{ ref('accepted_corrections') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

form_cells as (
    select * from {{ ref('form_lines') }}
),

printed as (
    select
        form_lines.report_id,
        form_lines.table_no,
        form_lines.line_code,
        form_cells.column_no,
        corrections.old_value,
        corrections.new_value,
        {{ cell_of('form_lines.text', 'form_cells.column_no') }} as value_as_printed,
        {{ cell_of('form_lines.value', 'form_cells.column_no') }} as printed_value,
        {{ cell_of('form_lines.status', 'form_cells.column_no') }} as value_status
    from corrections
    inner join reports on corrections.report_sha256 = reports.sha256
    inner join form_lines
        on
            reports.report_id = form_lines.report_id
            and corrections.table_no = form_lines.table_no
            and corrections.line_code = form_lines.line_code
    inner join form_cells
        on
            form_lines.form_version = form_cells.form_version
            and form_lines.table_no = form_cells.table_no
            and form_lines.line_code = form_cells.line_code
            and corrections.column_code = form_cells.column_code
),

applicable as (
    select *
    from printed
    where
        (value_status = 'reported' and printed_value = try_cast(old_value as decimal(24, 6)))
        -- A CSV tells an empty old value from an absent one no more: both mean a blank cell, never a missing one.
        or (value_status = 'blank' and coalesce(trim(old_value), '') = '')
        or (value_status <> 'blank' and value_as_printed = old_value)
)

select
    report_id,
    table_no,
    line_code,
    {{ each_cell('max(case when column_no = # then new_value end) as corrected_#') }}
from applicable
group by report_id, table_no, line_code

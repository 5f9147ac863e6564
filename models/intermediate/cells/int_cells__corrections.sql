-- Every accepted correction: the cell it speaks of, what that prints now, and whether the correction applies to it.
-- It stops applying as soon as the report prints something else than the value it was decided on.
-- grain: report_sha256, source_path, table_no, line_code, column_code
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

-- A file may hold several reports with the same bytes: then the path says which, and without it none is meant.
matching_reports as (
    select
        corrections.*,
        reports.report_id,
        reports.source_path as report_path,
        count(*) over record as report_count,
        row_number() over (record order by reports.source_path) as place
    from corrections
    left join reports
        on
            corrections.report_sha256 = reports.sha256
            and coalesce(corrections.source_path, reports.source_path) = reports.source_path
    window record as (
        partition by
            corrections.report_sha256,
            corrections.source_path,
            corrections.table_no,
            corrections.line_code,
            corrections.column_code
    )
),

addressed as (
    select * from matching_reports
    where place = 1
),

printed as (
    select
        addressed.*,
        form_cells.column_no,
        {{ cell_of('form_lines.text', 'form_cells.column_no') }} as value_as_printed,
        {{ cell_of('form_lines.value', 'form_cells.column_no') }} as printed_value,
        {{ cell_of('form_lines.status', 'form_cells.column_no') }} as value_status
    from addressed
    left join form_lines
        on
            addressed.report_id = form_lines.report_id
            and addressed.table_no = form_lines.table_no
            and addressed.line_code = form_lines.line_code
    left join form_cells
        on
            form_lines.form_version = form_cells.form_version
            and form_lines.table_no = form_cells.table_no
            and form_lines.line_code = form_cells.line_code
            and addressed.column_code = form_cells.column_code
)

select
    report_sha256,
    source_path,
    report_id,
    report_path,
    table_no,
    line_code,
    column_code,
    column_no,
    old_value,
    value_as_printed,
    new_value,
    reason,
    decided_by,
    decided_on,
    case
        when report_id is null then 'no_such_report'
        when report_count > 1 then 'several_reports'
        when column_no is null then 'no_such_cell'
        when value_status = 'reported' and printed_value = try_cast(old_value as decimal(24, 6)) then 'applies'
        -- A CSV tells an empty old value from an absent one no more: both mean a blank cell, never a missing one.
        when value_status = 'blank' and coalesce(trim(old_value), '') = '' then 'applies'
        when value_status <> 'blank' and value_as_printed = old_value then 'applies'
        else 'printed_differently'
    end as state
from printed

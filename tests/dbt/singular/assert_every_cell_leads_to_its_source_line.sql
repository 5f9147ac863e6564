-- A figure that names a line of its document can be looked up there: the line is published, on the same page.
with cells as (
    select distinct
        report_id,
        line_no
    from {{ ref('printed_form_cells') }}
    where line_no is not null and {{ enough_reports('report_id') }}
),

source_lines as (
    select * from {{ ref('source_lines') }}
)

select
    cells.report_id,
    cells.line_no
from cells
left join source_lines
    on
        cells.report_id = source_lines.report_id
        and cells.line_no = source_lines.line_no
where source_lines.line_no is null

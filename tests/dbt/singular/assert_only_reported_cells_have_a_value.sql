-- A figure and the status `reported` go together, a reported figure shows its text and the line it stands on,
-- every cell names its file, and there are no statuses or units beyond the published ones.
select
    report_id,
    table_no,
    line_code,
    column_code,
    value,
    value_status,
    value_as_printed,
    unit_code,
    line_no
from {{ ref('printed_form_cells') }}
where
    {{ enough_reports('report_id') }}
    and (
        value_status is null
        or value_status not in ('reported', 'blank', 'not_applicable', 'missing', 'unreadable')
        or (value_status = 'reported') <> (value is not null)
        or (value_status = 'reported' and (value_as_printed is null or line_no is null or unit_code is null))
        or (value_status = 'missing' and value_as_printed is not null)
        or unit_code not in ('count', 'yuan', 'wan_yuan', 'unstated')
        or (precision_step is not null and value is null)
        or source_path is null
    )

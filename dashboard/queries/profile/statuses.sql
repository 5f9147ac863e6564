-- How many cells of a report have which status; statuses that do not occur count 0. grain: value_status
with statuses (value_status, status_no) as (
    values ('reported', 1), ('blank', 2), ('missing', 3), ('not_applicable', 4), ('unreadable', 5)
)

select
    statuses.value_status,
    count(cell.report_id) as cells
from statuses
left join marts.form_cells as cell on statuses.value_status = cell.value_status and cell.report_id = $report_id
group by statuses.value_status, statuses.status_no
order by statuses.status_no

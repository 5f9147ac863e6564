-- How many cells of a report's form print a figure, and what the others are.
-- grain: report_id
with form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
)

select
    report_id,
    {{ cells_with_status('reported') }} as cells_reported,
    {{ cells_with_status('blank') }} as cells_blank,
    {{ cells_with_status('not_applicable') }} as cells_not_applicable,
    {{ cells_with_status('missing') }} as cells_missing,
    {{ cells_with_status('unreadable') }} as cells_unreadable,
    cast(sum({{ each_cell('case when status_# is not null then 1 else 0 end', ' +') }}) as integer) as cells_total
from form_lines
group by report_id

-- Accepted corrections that apply now, on the line they belong to: the value to use in place of what is printed.
-- grain: report_id, table_no, line_code
{{ config(tags=['published']) }}

with corrections as (
    select * from {{ ref('int_cells__corrections') }}
    where state = 'applies'
)

select
    report_id,
    table_no,
    line_code,
    {{ each_cell('max(case when column_no = # then new_value end) as corrected_#') }}
from corrections
group by report_id, table_no, line_code

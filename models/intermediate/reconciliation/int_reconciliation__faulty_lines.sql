-- The lines of the reports that break an equation, so that the large table is searched for them once.
-- grain: report_id, table_no, line_code
with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
)

select
    report_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('value_#, step_#, line_no_#') }}
from {{ ref('int_cells__form_lines') }}
where report_id in (select failed_equations.report_id from failed_equations)

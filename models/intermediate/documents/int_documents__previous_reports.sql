-- Reports whose agency reported the year before too, in the same scope, and that report.
-- grain: report_id
with reports as (
    select * from {{ ref('int_documents__reports') }}
)

select
    reports.report_id,
    previous.report_id as previous_report_id
from reports
inner join reports as previous
    on
        reports.agency_id = previous.agency_id
        and reports.scope = previous.scope
        and reports.fiscal_year = previous.fiscal_year + 1

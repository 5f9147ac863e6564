-- The current reports of one agency, latest year first. grain: report_id
select
    report_id,
    fiscal_year,
    scope_code as scope
from marts.dim_report
where agency_id = $agency_id
order by fiscal_year desc, scope asc, report_id asc

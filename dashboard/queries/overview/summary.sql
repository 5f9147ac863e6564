-- How many reports of a year there are, and whom they speak for. grain: one row
select
    count(*) as reports,
    count(distinct agency_id) as agencies,
    count(*) filter (scope_code = 'consolidated') as reports_consolidated,
    count(*) filter (scope_code = 'own') as reports_own,
    count(*) filter (scope_code = 'unknown') as reports_unknown,
    sum(cells_total) as cells,
    sum(cells_reported) as cells_reported
from marts.dim_report
where fiscal_year = $fiscal_year and is_sample = $is_sample

-- How many reports of a year there are, whom they speak for, and the forms of this year and the one before.
-- grain: one row
select
    count(*) as reports,
    count(distinct agency_id) as agencies,
    count(*) filter (scope_code = 'consolidated') as reports_consolidated,
    count(*) filter (scope_code = 'own') as reports_own,
    count(*) filter (scope_code = 'unknown') as reports_unknown,
    sum(cells_total) as cells,
    sum(cells_reported) as cells_reported,
    list_sort(list(distinct table3_form)) as forms,
    (
        select list_sort(list(distinct before.table3_form))
        from marts.dim_report as before
        where before.fiscal_year = $fiscal_year - 1 and before.is_sample = $is_sample
    ) as forms_before
from marts.dim_report
where fiscal_year = $fiscal_year and is_sample = $is_sample

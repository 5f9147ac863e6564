-- The report that stands for each agency in each year: its consolidated one where it has one, else its own.
-- grain: subject_id, fiscal_year
select
    agency_id as subject_id,
    fiscal_year,
    report_id,
    scope_code as scope
from marts.dim_report
where list_contains($agency_ids, agency_id)
qualify
    row_number() over (
        partition by agency_id, fiscal_year
        order by case scope_code when 'consolidated' then 1 when 'own' then 2 else 3 end, report_id
    ) = 1
order by agency_id, fiscal_year

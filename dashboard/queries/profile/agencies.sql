-- Agencies with a current report whose name or code contains the search text; and the one that is wanted anyhow.
-- grain: agency_id
with reporting as (
    select distinct agency_id
    from marts.dim_report
),

found as (
    select
        agency.agency_id,
        agency.agency_name as agency_name_zh,
        agency.agency_name_en,
        agency.division_code
    from marts.dim_agency as agency
    inner join reporting on agency.agency_id = reporting.agency_id
    where
        agency.agency_id = $wanted
        or contains(agency.agency_id, $search)
        or contains(agency.agency_name, $search)
        or contains(lower(coalesce(agency.agency_name_en, '')), lower($search))
    order by agency.agency_id <> $wanted, agency.division_code nulls last, agency.agency_id
    limit $row_limit
)

select
    agency_id,
    agency_name_zh,
    agency_name_en
from found
order by division_code nulls last, agency_id

-- A region and the regions it lies in, the highest first. grain: agency_id
with recursive above as (
    select
        agency_id,
        division_name,
        level_code,
        parent_agency_id,
        0 as distance
    from marts.dim_agency
    where agency_id = $region
    union all
    select
        parent.agency_id,
        parent.division_name,
        parent.level_code,
        parent.parent_agency_id,
        above.distance + 1 as distance
    from above
    inner join marts.dim_agency as parent on above.parent_agency_id = parent.agency_id
)

select
    agency_id,
    division_name as region_name_zh,
    level_code
from above
order by distance desc

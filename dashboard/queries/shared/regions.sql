-- Regions of which figures are at hand, real or sample ones; `is_top`: none of the others contains it.
-- grain: region_agency_id
with regions as (
    select distinct region_agency_id, region_name, region_level_code
    from marts.region_year
    where is_sample = $is_sample and member_level_code = 'all'
)

select
    regions.region_agency_id,
    coalesce(agency.division_name, regions.region_name) as region_name_zh,
    agency.agency_name_en as region_name_en,
    regions.region_level_code as level,
    parent.region_agency_id is null as is_top
from regions
inner join marts.dim_agency as agency on regions.region_agency_id = agency.agency_id
left join regions as parent on agency.parent_agency_id = parent.region_agency_id
order by agency.division_code nulls last, regions.region_agency_id

-- Zones and years in which a division of the same area, or a region above it that is not above the zone, reported too:
-- either report may hold the other's figures, so that above the zone only the division's are added up.
-- grain: zone_code, fiscal_year
with shared_areas as (
    select * from {{ ref('shared_areas') }}
),

lineage as (
    select * from {{ ref('int_regions__lineage') }}
),

accounts as (
    select * from {{ ref('int_regions__accounts') }}
    where scope_code <> 'unknown'
),

regions as (
    select
        shared_areas.zone_code,
        shared_areas.division_code,
        lineage.region_code
    from shared_areas
    inner join lineage on shared_areas.division_code = lineage.division_code
    left join lineage as above_zone
        on
            shared_areas.zone_code = above_zone.division_code
            and lineage.region_code = above_zone.region_code
    where above_zone.region_code is null
),

reported as (
    select
        regions.zone_code,
        regions.division_code,
        accounts.fiscal_year
    from regions
    inner join accounts on regions.region_code = accounts.agency_id
    where accounts.is_whole

    union all

    select
        regions.zone_code,
        regions.division_code,
        accounts.fiscal_year
    from regions
    inner join accounts on regions.division_code = accounts.home_code
)

select
    zone_code,
    fiscal_year,
    min(division_code) as division_code
from reported
group by zone_code, fiscal_year

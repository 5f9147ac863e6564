-- How far up the figures of a region's own members go: up to and into the first region above that has a consolidated
-- report, as further up that report stands for them; of a zone that shares its area (shared_code) no further than
-- itself. This is what keeps sums from counting anything twice.
-- grain: fiscal_year, home_code, region_code
{{ config(tags=['published']) }}

with reports as (
    select * from {{ ref('int_regions__reports') }}
),

lineage as (
    select * from {{ ref('int_regions__lineage') }}
),

shared_areas as (
    select * from {{ ref('int_regions__shared_areas') }}
),

wholes as (
    select
        agency_id as region_code,
        fiscal_year
    from reports
    where is_whole
),

homes as (
    select
        fiscal_year,
        home_code
    from reports
    where home_code is not null

    union

    select
        fiscal_year,
        region_code as home_code
    from wholes
),

paths as (
    select
        homes.fiscal_year,
        homes.home_code,
        lineage.region_code,
        lineage.steps_up,
        case when lineage.steps_up > 0 then shared_areas.division_code end as shared_code,
        case when wholes.region_code is not null then lineage.steps_up end as whole_steps
    from homes
    inner join lineage on homes.home_code = lineage.division_code
    left join wholes
        on
            lineage.region_code = wholes.region_code
            and homes.fiscal_year = wholes.fiscal_year
    left join shared_areas
        on
            homes.home_code = shared_areas.zone_code
            and homes.fiscal_year = shared_areas.fiscal_year
),

covered as (
    select
        *,
        min(whole_steps) over (partition by fiscal_year, home_code) as cover_steps
    from paths
)

select
    fiscal_year,
    home_code,
    region_code,
    cast(steps_up as integer) as steps_up,
    coalesce(steps_up <= cover_steps, true) and shared_code is null as is_added,
    max(case when steps_up = cover_steps then region_code end) over (partition by fiscal_year, home_code)
        as covering_region_code,
    shared_code
from covered

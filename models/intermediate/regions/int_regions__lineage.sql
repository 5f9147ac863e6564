-- Regions - provinces, prefectures, counties and the zones of these levels - and every region they lie in, themselves
-- included. A town's report is an account of itself: it is a member of its county and no region.
-- grain: division_code, region_code
with regions as (
    select
        division_code,
        parent_division_code
    from {{ ref('int_agencies__places') }}
    where level_code <> 'township'
)

select
    division_code,
    division_code as region_code,
    0 as steps_up
from regions

union all

select
    division_code,
    parent_division_code as region_code,
    1 as steps_up
from regions
where parent_division_code is not null

union all

select
    regions.division_code,
    parents.parent_division_code as region_code,
    2 as steps_up
from regions
inner join regions as parents on regions.parent_division_code = parents.division_code
where parents.parent_division_code is not null

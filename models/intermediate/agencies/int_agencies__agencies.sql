-- Agencies of the seed and those met in documents under a name the seed does not know.
-- grain: agency_id
with agencies as (
    select * from {{ ref('agencies') }}
),


unresolved as (
    select
        agency_id,
        agency_name_key
    from {{ ref('int_agencies__matches') }}
    where resolution = 'unresolved'
)

select
    agencies.agency_id,
    agencies.agency_name_zh,
    agencies.agency_name_en,
    agencies.level_code,
    agencies.organ_type_code,
    agencies.division_code,
    agencies.parent_agency_id,
    'resolved' as resolution
from agencies

union all

select
    agency_id,
    agency_name_key as agency_name_zh,
    cast(null as varchar) as agency_name_en,
    'unknown' as level_code,
    'unknown' as organ_type_code,
    cast(null as varchar) as division_code,
    cast(null as varchar) as parent_agency_id,
    'unresolved' as resolution
from unresolved

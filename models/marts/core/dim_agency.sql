-- Agencies met or expected to report, with the division they serve; parents and others without a report are there too.
-- grain: agency_id
with agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
)

select
    agencies.agency_id,
    agencies.agency_name_zh as agency_name,
    agencies.agency_name_en,
    agencies.level_code,
    agencies.organ_type_code,
    agencies.official_order,
    agencies.division_code,
    divisions.division_name,
    divisions.province_name,
    divisions.prefecture_name,
    divisions.county_name,
    agencies.parent_agency_id,
    agencies.match_status,
    agencies.is_sample
from agencies
left join divisions on agencies.division_code = divisions.division_code

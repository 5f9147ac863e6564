-- Divisions with the name their organs bear: districts are told apart by their city, towns by their county.
-- grain: division_code
{{ config(materialized='view') }}

with divisions as (
    select
        *,
        level_code = 'county' and right(division_name, 1) = '区' as is_district,
        coalesce(prefecture_name, province_name) as city_name
    from {{ ref('int_agencies__divisions') }}
)

select
    divisions.division_code,
    divisions.level_code,
    divisions.kind_code,
    divisions.parent_division_code,
    divisions.division_name,
    divisions.county_code,
    divisions.prefecture_code,
    divisions.province_code,
    case
        when divisions.is_district then divisions.city_name || divisions.division_name
        when divisions.level_code <> 'township' then divisions.division_name
        when counties.is_district then counties.city_name || counties.division_name || divisions.division_name
        else coalesce(divisions.county_name, divisions.city_name) || divisions.division_name
    end as place_name,
    case
        when divisions.kind_code = 'zone' then '管理委员会'
        when divisions.level_code = 'township' and divisions.division_name like '%街道' then '办事处'
        else '人民政府'
    end as government_word,
    case
        when divisions.kind_code = 'zone' then 'other'
        when divisions.level_code = 'township' then 'township'
        else 'government'
    end as government_type_code
from divisions
left join divisions as counties on divisions.county_code = counties.division_code

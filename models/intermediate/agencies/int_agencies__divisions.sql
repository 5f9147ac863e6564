-- Divisions of today, special zones and divisions that have ended, with the county, prefecture and province each lies
-- in (itself included). One that was only renamed or moved is here once, as it is today.
-- grain: division_code
with official_divisions as (
    select * from {{ source('files', 'divisions') }}
),

special_divisions as (
    select * from {{ ref('special_divisions') }}
),

division_changes as (
    select * from {{ ref('division_changes') }}
),

begun as (
    select
        changes.successor_code,
        cast(max(changes.valid_to) as integer) as valid_from
    from division_changes as changes
    inner join official_divisions on changes.successor_code = official_divisions.division_code
    where changes.former_name <> official_divisions.division_name
    group by changes.successor_code
),

all_divisions as (
    select
        official_divisions.division_code,
        official_divisions.division_name,
        nullif(official_divisions.short_name, '') as short_name,
        official_divisions.level_code,
        nullif(official_divisions.parent_division_code, '') as parent_division_code,
        coalesce(special_divisions.kind_code, 'ordinary') as kind_code,
        begun.valid_from,
        cast(null as integer) as valid_to
    from official_divisions
    left join special_divisions on official_divisions.division_code = special_divisions.division_code
    left join begun on official_divisions.division_code = begun.successor_code

    union all

    select
        division_code,
        division_name_zh as division_name,
        short_name,
        level_code,
        parent_division_code,
        kind_code,
        null as valid_from,
        null as valid_to
    from special_divisions
    where division_code not in (select official_divisions.division_code from official_divisions)

    union all

    -- Where no prefecture bears the first four digits, a county lies right under its province.
    select
        changes.former_code as division_code,
        changes.former_name as division_name,
        null as short_name,
        changes.level_code,
        coalesce(
            official_parents.division_code,
            former_parents.former_code,
            left(changes.former_code, 2) || '0000'
        ) as parent_division_code,
        'ended' as kind_code,
        null as valid_from,
        changes.valid_to
    from division_changes as changes
    left join official_divisions as official_parents
        on
            changes.level_code = 'county'
            and left(changes.former_code, 4) || '00' = official_parents.division_code
    left join division_changes as former_parents
        on
            changes.level_code = 'county'
            and left(changes.former_code, 4) || '00' = former_parents.former_code
    where changes.successor_code is null
)

select
    divisions.division_code,
    divisions.division_name,
    divisions.short_name,
    divisions.level_code,
    divisions.parent_division_code,
    divisions.kind_code,
    divisions.valid_from,
    divisions.valid_to,
    counties.division_code as county_code,
    counties.division_name as county_name,
    prefectures.division_code as prefecture_code,
    prefectures.division_name as prefecture_name,
    provinces.division_code as province_code,
    provinces.division_name as province_name
from all_divisions as divisions
left join all_divisions as counties
    on
        counties.level_code = 'county'
        and case divisions.level_code
            when 'county' then divisions.division_code
            when 'township' then divisions.parent_division_code
        end = counties.division_code
left join all_divisions as prefectures
    on
        prefectures.level_code = 'prefecture'
        and case
            when divisions.level_code = 'prefecture' then divisions.division_code
            else coalesce(counties.parent_division_code, divisions.parent_division_code)
        end = prefectures.division_code
left join all_divisions as provinces
    on
        provinces.level_code = 'province'
        and left(divisions.division_code, 2) || '0000' = provinces.division_code

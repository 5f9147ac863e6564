-- For names of places nobody knows: known places that differ from the printed one in a single character, as 沭阳 from
-- 沐阳. They are shown to a steward and never used.
-- grain: name_key, suggested_name
with documents as (
    select * from {{ ref('int_agencies__documents') }}
),

names as (
    select * from {{ ref('int_agencies__names') }}
),

parses as (
    select * from {{ ref('int_agencies__parses') }}
    where is_full
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
    where level_code <> 'township'
),

positions as (
    {{ integers_between(1, 8, 'position') }}
),

unknown_names as (
    select distinct name_key
    from documents
    where name_key not in (select names.name_key from names)
),

-- The first place of the name, or of what is left of it after the places that are known.
unknown_places as (
    select
        name_key,
        null as within_code,
        regexp_extract(name_key, '^.{1,7}?[市县区旗州盟]') as place_text
    from unknown_names
    where name_key not in (select parses.name_key from parses)

    union all

    select
        parses.name_key,
        parses.division_code as within_code,
        regexp_extract(parses.rest, '^.{1,7}?[市县区旗州盟]') as place_text
    from parses
    inner join unknown_names on parses.name_key = unknown_names.name_key
),

masked_places as (
    select
        unknown_places.*,
        positions.position,
        left(unknown_places.place_text, positions.position - 1) || '_'
        || substr(unknown_places.place_text, positions.position + 1) as mask
    from unknown_places
    inner join positions on length(unknown_places.place_text) > positions.position
),

masked_divisions as (
    select
        divisions.*,
        left(divisions.division_name, positions.position - 1) || '_'
        || substr(divisions.division_name, positions.position + 1) as mask
    from divisions
    inner join positions on length(divisions.division_name) > positions.position
),

resembling as (
    select distinct
        masked_places.name_key,
        replace(masked_places.name_key, masked_places.place_text, masked_divisions.division_name) as suggested_name,
        substr(masked_places.place_text, masked_places.position, 1) as printed_character,
        substr(masked_divisions.division_name, masked_places.position, 1) as meant_character
    from masked_places
    inner join masked_divisions
        on
            masked_places.mask = masked_divisions.mask
            and masked_places.place_text <> masked_divisions.division_name
    where
        masked_places.within_code is null
        or masked_places.within_code in (
            masked_divisions.province_code, masked_divisions.prefecture_code, masked_divisions.county_code
        )
),

judged as (
    select
        resembling.name_key,
        resembling.suggested_name,
        look_alikes.characters is not null as is_look_alike,
        count(look_alikes.characters) over (partition by resembling.name_key) as look_alike_count,
        count(*) over (partition by resembling.name_key) as suggestion_count
    from resembling
    left join {{ ref('look_alikes') }} as look_alikes
        on
            contains(look_alikes.characters, resembling.printed_character)
            and contains(look_alikes.characters, resembling.meant_character)
)

-- Many places differ by one character from many others; then only characters that look alike make a suggestion.
select distinct
    name_key,
    suggested_name
from judged
where is_look_alike or (look_alike_count = 0 and suggestion_count <= 5)

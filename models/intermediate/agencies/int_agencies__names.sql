-- The agencies each name may mean by itself: of all ways to read it the one that leaves least to the organ. A name
-- that says what kind of organ it is and not of which place has one row without a division.
-- grain: name_key, division_code
with parses as (
    select
        parses.*,
        divisions.level_code,
        case
            when divisions.kind_code = 'zone' then 'zone'
            when divisions.level_code <> 'township' then 'regional'
            when divisions.division_name like '%街道' then 'subdistrict'
            else 'town'
        end as of_kind
    from {{ ref('int_agencies__parses') }} as parses
    inner join {{ ref('int_agencies__divisions') }} as divisions on parses.division_code = divisions.division_code
),

organ_words as (
    select
        of_kind,
        coalesce(words, '') as words,
        organ_name,
        organ_type_code,
        official_order
    from {{ ref('organ_words') }}
),

organs as (
    select * from {{ ref('int_agencies__organs') }}
),

-- A short name alone is a place only before an organ that is known.
accepted as (
    select
        parses.*,
        coalesce(organ_words.organ_name, organs.organ_name) as organ_name,
        coalesce(organ_words.organ_type_code, organs.organ_type_code) as organ_type_code,
        coalesce(organ_words.official_order, organs.official_order) as official_order,
        rank() over (
            partition by parses.name_key order by length(parses.rest) asc, parses.is_full desc, parses.place_count desc
        ) as preference
    from parses
    left join organ_words
        on
            parses.of_kind = organ_words.of_kind
            and parses.rest = organ_words.words
    left join organs on parses.rest = organs.rest
    where
        (organ_words.words is not null and (parses.is_full or parses.rest <> ''))
        or (organs.rest is not null and (parses.is_full or organs.is_known))
)

select
    name_key,
    division_code,
    place_text,
    level_code <> 'township' or place_count > 1 as is_enough,
    cast(null as varchar) as mark,
    organ_name,
    organ_type_code,
    official_order,
    valid_from,
    valid_to
from accepted
where preference = 1

union all

select
    name_key,
    null as division_code,
    null as place_text,
    false as is_enough,
    mark,
    organ_name,
    organ_type_code,
    official_order,
    null as valid_from,
    null as valid_to
from {{ ref('int_agencies__placeless_names') }}
where name_key not in (select accepted.name_key from accepted)

-- Names that say what kind of organ is meant and not of which place: 市教育局, 科技局. `mark` is the level they print.
-- grain: name_key
with organ_words as (
    select * from {{ ref('organ_words') }}
    where of_kind = 'regional'
),

organs as (
    select * from {{ ref('int_agencies__organs') }}
    where is_known
),

placed_names as (
    select distinct name_key
    from {{ ref('int_agencies__parses') }}
    where is_full
),

unplaced as (
    select distinct
        name_key,
        regexp_extract(name_key, '^本?([省市县区州盟旗镇乡])', 1) as mark,
        regexp_replace(name_key, '^本?[省市县区州盟旗镇乡]', '') as part_key
    from {{ ref('int_agencies__documents') }}
    where name_key not in (select placed_names.name_key from placed_names)
),

-- 教育局 as a whole goes before 市 and the rest: 市场监督管理局 is no 市's.
readings as (
    select
        name_key,
        null as mark,
        name_key as organ_key,
        1 as preference
    from unplaced

    union all

    select
        name_key,
        mark,
        part_key as organ_key,
        2 as preference
    from unplaced
    where mark <> ''
),

known as (
    select
        readings.name_key,
        readings.mark,
        coalesce(organ_words.organ_name, organs.organ_name) as organ_name,
        coalesce(organ_words.organ_type_code, organs.organ_type_code) as organ_type_code,
        coalesce(organ_words.official_order, organs.official_order) as official_order,
        row_number() over (partition by readings.name_key order by readings.preference asc) as preference
    from readings
    left join organ_words on readings.organ_key = organ_words.words
    left join organs on readings.organ_key = organs.rest
    where organ_words.words is not null or organs.rest is not null
)

select
    name_key,
    mark,
    organ_name,
    organ_type_code,
    official_order
from known
where preference = 1

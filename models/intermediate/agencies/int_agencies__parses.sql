-- Every way a name may be read from its left as places, each within the one before, and what is left: the organ.
-- grain: name_key, division_code, rest, place_count, is_full
with recursive place_names as (
    select * from {{ ref('int_agencies__place_names') }}
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
),

form_lengths as (
    {{ integers_between(2, 16, 'form_length') }}
),

-- 国家税务总局漳平市税务局 is read from the place on.
printed_names as (
    select
        named.name_key,
        max(coalesce(substr(named.name_key, length(prefixes.words) + 1), named.name_key)) as unread
    from (select distinct name_key from {{ ref('int_agencies__documents') }}) as named
    left join {{ ref('organ_words') }} as prefixes
        on
            prefixes.of_kind = 'prefix'
            and named.name_key like prefixes.words || '_%'
    group by named.name_key
),

parses as (
    select
        printed_names.name_key,
        place_names.division_code,
        place_names.written_form as place_text,
        place_names.is_full,
        place_names.valid_from,
        place_names.valid_to,
        substr(printed_names.unread, form_lengths.form_length + 1) as rest,
        1 as place_count
    from printed_names
    inner join form_lengths on length(printed_names.unread) >= form_lengths.form_length
    inner join place_names on left(printed_names.unread, form_lengths.form_length) = place_names.written_form

    union all

    -- 漳平市人民政府菁城街道办事处: the government a subdistrict office is of may stand between.
    select
        parses.name_key,
        place_names.division_code,
        place_names.written_form as place_text,
        place_names.is_full,
        greatest(parses.valid_from, place_names.valid_from) as valid_from,
        least(parses.valid_to, place_names.valid_to) as valid_to,
        substr(regexp_replace(parses.rest, '^人民政府', ''), form_lengths.form_length + 1) as rest,
        parses.place_count + 1 as place_count
    from parses
    inner join form_lengths on length(regexp_replace(parses.rest, '^人民政府', '')) >= form_lengths.form_length
    inner join place_names
        on
            left(regexp_replace(parses.rest, '^人民政府', ''), form_lengths.form_length) = place_names.written_form
            and place_names.is_full
    inner join divisions
        on
            place_names.division_code = divisions.division_code
            and parses.division_code in (divisions.province_code, divisions.prefecture_code, divisions.county_code)
            and parses.division_code <> divisions.division_code
)

select * from parses

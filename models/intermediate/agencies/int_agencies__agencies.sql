-- Agencies met in documents or expected to report, the governments above them, and the names that cannot be told for
-- certain.
-- grain: agency_id
with matches as (
    select * from {{ ref('int_agencies__matches') }}
),

expected_reporters as (
    select * from {{ ref('int_agencies__expected_reporters') }}
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

names_en as (
    select * from {{ ref('agency_names_en') }}
),

told as (
    select
        agency_id,
        division_code,
        organ_name,
        organ_type_code,
        official_order
    from matches
    where match_status = 'resolved'

    union all

    select
        agency_id,
        division_code,
        organ_name,
        organ_type_code,
        official_order
    from expected_reporters
),

met as (
    select
        agency_id,
        division_code,
        max(organ_name) as organ_name,
        max(organ_type_code) as organ_type_code,
        cast(min(official_order) as integer) as official_order
    from told
    group by agency_id, division_code
),

governments as (
    select distinct governed.division_code
    from met
    inner join places on met.division_code = places.division_code
    inner join places as governed
        on
            governed.division_code in (
                places.division_code, places.county_code, places.prefecture_code, places.province_code
            )
),

known as (
    select
        division_code as agency_id,
        division_code,
        null as organ_name,
        null as organ_type_code,
        0 as official_order
    from governments

    union all

    select * from met
    where official_order <> 0
)

select
    known.agency_id,
    case
        when known.organ_type_code = 'office' and places.level_code = 'province' then places.place_name || '人民政府办公厅'
        else places.place_name || coalesce(known.organ_name, places.government_word)
    end as agency_name_zh,
    names_en.agency_name_en,
    places.level_code,
    coalesce(known.organ_type_code, places.government_type_code) as organ_type_code,
    known.official_order,
    known.division_code,
    case when known.official_order = 0 then places.parent_division_code else known.division_code end
        as parent_agency_id,
    'resolved' as match_status,
    places.kind_code = 'sample' as is_sample
from known
inner join places on known.division_code = places.division_code
left join names_en on known.agency_id = names_en.agency_id

union all

select
    matches.agency_id,
    matches.printed_key as agency_name_zh,
    null as agency_name_en,
    'unknown' as level_code,
    'unknown' as organ_type_code,
    cast(null as integer) as official_order,
    null as division_code,
    null as parent_agency_id,
    matches.match_status,
    bool_or({{ is_filed_as_sample('documents.source_path') }}) as is_sample
from matches
inner join {{ ref('int_agencies__documents') }} as documents on matches.document_id = documents.document_id
where matches.match_status <> 'resolved'
group by matches.agency_id, matches.printed_key, matches.match_status

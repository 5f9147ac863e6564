-- The agency each document stands for, or why it cannot be told. A name that may mean several agencies, or says no
-- place, gets an id of its own by the document's place: two reports of 市教育局 are never taken for one agency's.
-- grain: document_id
with documents as (
    select * from {{ ref('int_agencies__documents') }}
),

names as (
    select * from {{ ref('int_agencies__names') }}
),

candidates as (
    select * from {{ ref('int_agencies__candidates') }}
),

judged as (
    select
        document_id,
        count(*) as candidate_count,
        sum(cast(is_in_use as integer)) as in_use_count,
        case when sum(cast(is_agreed as integer)) = 1 then max(case when is_agreed then division_code end) end
            as division_code,
        bool_or(is_named_alone) as is_named_alone,
        max(case when is_agreed then evidence_kinds end) as agreed_kinds,
        bool_or(is_possible) as is_possible
    from candidates
    group by document_id
),

known_names as (
    select
        name_key,
        bool_or(division_code is null) as is_without_place
    from names
    group by name_key
),

-- 开发区, 新区 … are a place only together with another.
generic_names as (
    select distinct documents.name_key
    from documents
    inner join {{ ref('organ_words') }} as generic_places
        on
            generic_places.of_kind = 'generic_place'
            and contains(documents.name_key, generic_places.words)
),

-- An office that reports for the whole region reports for its government.
matched as (
    select
        documents.document_id,
        documents.source_path,
        documents.printed_key,
        judged.division_code,
        coalesce(judged.candidate_count, 0) as candidate_count,
        names.organ_type_code = 'office' and documents.scope = 'consolidated' as is_for_government,
        names.organ_name,
        names.organ_type_code,
        names.official_order,
        case
            when judged.division_code is not null and not judged.is_named_alone then judged.agreed_kinds
            when judged.division_code is not null and documents.is_decided then 'decision'
            when judged.division_code is not null then 'name'
            when known_names.name_key is null then 'unknown_name'
            when judged.in_use_count = 0 then 'name_not_in_use'
            when not judged.is_possible then 'evidence_disagrees'
            when known_names.is_without_place then 'no_place'
            when judged.candidate_count = 1 then 'town_alone'
            else 'several_places'
        end as reason_code,
        regexp_matches(documents.name_key, '[^省市县区旗州盟镇乡本我该全][省市县区旗州盟].')
        and generic_names.name_key is null as has_place
    from documents
    left join judged on documents.document_id = judged.document_id
    left join known_names on documents.name_key = known_names.name_key
    left join generic_names on documents.name_key = generic_names.name_key
    left join names
        on
            documents.name_key = names.name_key
            and judged.division_code = coalesce(names.division_code, judged.division_code)
)

select
    document_id,
    printed_key,
    division_code,
    case when is_for_government then '人民政府' else organ_name end as organ_name,
    case when is_for_government then 'government' else organ_type_code end as organ_type_code,
    case when is_for_government then 0 else official_order end as official_order,
    candidate_count,
    reason_code,
    case
        when division_code is not null then 'resolved'
        when reason_code = 'unknown_name' then 'unresolved'
        else 'ambiguous'
    end as match_status,
    case
        when reason_code = 'unknown_name' and has_place then 'name:' || printed_key
        when division_code is null then 'name:' || printed_key || {{ own_place('source_path') }}
        when is_for_government then division_code
        else {{ agency_id('division_code', 'organ_name', 'organ_type_code', 'official_order') }}
    end as agency_id
from matched

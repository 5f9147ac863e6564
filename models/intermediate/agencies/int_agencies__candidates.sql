-- The agencies a document may mean, and whether all evidence agrees with each. A name without a place may mean any
-- agency of its kind at the places the evidence tells.
-- grain: document_id, division_code
with named as (
    select * from {{ ref('int_agencies__named') }}
),

evidence as (
    select * from {{ ref('int_agencies__evidence') }}
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
),

-- 市教育局: of the place told, where that is a 市; the 市 it lies in is shown to a steward. 教育局: of the place itself.
without_place as (
    select distinct
        named.document_id,
        places.division_code
    from named
    inner join evidence on named.document_id = evidence.document_id
    inner join divisions as told on evidence.division_code = told.division_code
    inner join divisions as places
        on
            case
                when named.mark is null or right(told.division_name, 1) = named.mark
                    then told.division_code = places.division_code
                else
                    places.division_code in (told.county_code, told.prefecture_code, told.province_code)
                    and right(places.division_name, 1) = named.mark
            end
    where
        named.division_code is null
        -- Neighbours may be of the county or of the prefecture above it.
        and evidence.evidence_kind <> 'neighbours'
        -- A folder of a province or prefecture may hold what is of any county in it; only provinces have 厅.
        and (
            named.mark is not null
            or evidence.evidence_kind <> 'path'
            or told.level_code = 'county'
            or (told.level_code = 'province' and right(named.organ_name, 1) = '厅')
        )
),

candidates as (
    select
        document_id,
        division_code,
        is_in_use,
        is_in_use and is_enough and in_use_count = 1 as is_named_alone
    from named
    where division_code is not null

    union all

    select
        document_id,
        division_code,
        true as is_in_use,
        false as is_named_alone
    from without_place
),

-- An item agrees with a candidate that is, or lies in, one of the places it may stand for.
agreements as (
    select
        candidates.document_id,
        candidates.division_code,
        evidence.evidence_kind,
        evidence.item,
        bool_or(coalesce(
            evidence.division_code in (
                divisions.division_code, divisions.county_code, divisions.prefecture_code, divisions.province_code
            ),
            false
        )) as is_agreed,
        -- Towns of one name that were merged are not known: the name of the town itself tells nothing.
        bool_or(
            divisions.level_code <> 'township'
            or evidence.evidence_kind = 'text'
            or evidence.division_code <> divisions.division_code
        ) as is_telling
    from candidates
    inner join divisions on candidates.division_code = divisions.division_code
    inner join evidence on candidates.document_id = evidence.document_id
    group by candidates.document_id, candidates.division_code, evidence.evidence_kind, evidence.item
),

agreed as (
    select
        document_id,
        division_code,
        bool_and(is_agreed) as is_agreed,
        bool_or(is_agreed and is_telling) as is_told,
        string_agg(distinct evidence_kind, ', ' order by evidence_kind) as evidence_kinds
    from agreements
    group by document_id, division_code
)

select
    candidates.document_id,
    candidates.division_code,
    candidates.is_in_use,
    candidates.is_named_alone,
    candidates.is_in_use and coalesce(agreed.is_agreed, true) as is_possible,
    candidates.is_named_alone
    or (candidates.is_in_use and coalesce(agreed.is_agreed and agreed.is_told, false)) as is_agreed,
    agreed.evidence_kinds
from candidates
left join agreed
    on
        candidates.document_id = agreed.document_id
        and candidates.division_code = agreed.division_code

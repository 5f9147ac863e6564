-- Reports in the folder whose agency cannot be told for certain, with all it may be and what speaks for each: the
-- queue of a steward.
-- grain: document_id
{{ config(materialized='table') }}

with matches as (
    select * from {{ ref('int_agencies__matches') }}
    where match_status <> 'resolved'
),

documents as (
    select * from {{ ref('stg_documents') }}
    where state = 'read'
),

offered_files as (
    select * from {{ ref('stg_offered_files') }}
),

candidates as (
    select * from {{ ref('int_agencies__candidates') }}
),

names as (
    select * from {{ ref('int_agencies__names') }}
),

keys as (
    select * from {{ ref('int_agencies__documents') }}
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

evidence as (
    select
        evidence.document_id,
        string_agg(distinct evidence.evidence_kind || ' ' || places.place_name, '; ') as evidence_places
    from (
        select
            *,
            count(*) over (partition by document_id, evidence_kind, item) as division_count
        from {{ ref('int_agencies__evidence') }}
    ) as evidence
    inner join places on evidence.division_code = places.division_code
    where evidence.division_count <= 3
    group by evidence.document_id
),

possible as (
    select
        candidates.document_id,
        places.division_code,
        places.place_name || coalesce(nullif(names.organ_name, '人民政府'), places.government_word) as agency_name,
        row_number() over (
            partition by candidates.document_id
            order by candidates.is_agreed desc, candidates.is_in_use desc, places.division_code asc
        ) as candidate_no
    from candidates
    inner join keys on candidates.document_id = keys.document_id
    inner join places on candidates.division_code = places.division_code
    left join names
        on
            keys.name_key = names.name_key
            and candidates.division_code = coalesce(names.division_code, candidates.division_code)
),

listed as (
    select
        document_id,
        string_agg(division_code || ' ' || agency_name, '; ' order by candidate_no) as candidate_agencies
    from possible
    where candidate_no <= 10
    group by document_id
),

suggested as (
    select
        name_key,
        string_agg(suggested_name, '; ' order by suggested_name) as suggested_names
    from {{ ref('int_agencies__suggestions') }}
    group by name_key
)

select
    documents.document_id,
    documents.source_path,
    documents.sha256,
    documents.fiscal_year,
    documents.agency_name as printed_name,
    documents.issuer_name,
    documents.agency_evidence,
    matches.agency_id,
    matches.match_status,
    matches.reason_code,
    cast(matches.candidate_count as integer) as candidate_count,
    listed.candidate_agencies,
    evidence.evidence_places,
    suggested.suggested_names
from matches
inner join documents on matches.document_id = documents.document_id
inner join keys on matches.document_id = keys.document_id
inner join offered_files
    on
        documents.source_path = offered_files.source_path
        and documents.sha256 = offered_files.sha256
left join listed on matches.document_id = listed.document_id
left join evidence on matches.document_id = evidence.document_id
left join suggested on keys.name_key = suggested.name_key

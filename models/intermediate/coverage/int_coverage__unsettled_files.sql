-- The file that may be an agency's report where none could be taken: one that was set aside, else one in the queue of a
-- steward that may be of this agency among others.
-- grain: fiscal_year, agency_id
with candidates as (
    select * from {{ ref('int_documents__candidates') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

matches as (
    select * from {{ ref('int_agencies__matches') }}
    where match_status <> 'resolved'
),

keys as (
    select * from {{ ref('int_agencies__documents') }}
),

possible_divisions as (
    select * from {{ ref('int_agencies__candidates') }}
    where is_possible
),

names as (
    select * from {{ ref('int_agencies__names') }}
),

-- An office that reports for the whole region reports for its government.
in_review as (
    select
        candidates.document_id,
        candidates.source_path,
        candidates.fiscal_year,
        possible_divisions.division_code,
        names.organ_name,
        names.organ_type_code,
        case
            when names.organ_type_code = 'office' and candidates.scope = 'consolidated' then 0
            else names.official_order
        end as official_order
    from matches
    inner join candidates
        on
            matches.document_id = candidates.document_id
            and candidates.standing = 'readable'
    inner join keys on matches.document_id = keys.document_id
    inner join possible_divisions on matches.document_id = possible_divisions.document_id
    inner join names
        on
            keys.name_key = names.name_key
            and possible_divisions.division_code = coalesce(names.division_code, possible_divisions.division_code)
),

files as (
    select
        candidates.fiscal_year,
        candidates.agency_id,
        'set_aside' as status,
        1 as preference,
        candidates.document_id,
        candidates.source_path,
        documents.reason_code,
        documents.reason
    from candidates
    inner join documents on candidates.document_id = documents.document_id
    where candidates.standing in ('set_aside', 'quarantined')

    union all

    select
        fiscal_year,
        {{ agency_id('division_code', 'organ_name', 'organ_type_code', 'official_order') }} as agency_id,
        'in_review' as status,
        2 as preference,
        document_id,
        source_path,
        'agency_not_settled' as reason_code,
        'it may be of this agency or of another; see quality.agency_review (单位待认定)' as reason
    from in_review
),

ranked as (
    select
        *,
        row_number() over (partition by fiscal_year, agency_id order by preference, source_path, document_id) as file_no
    from files
)

select
    fiscal_year,
    agency_id,
    status,
    document_id,
    source_path,
    reason_code,
    reason
from ranked
where file_no = 1 and fiscal_year is not null and agency_id is not null

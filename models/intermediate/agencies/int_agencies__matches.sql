-- The agency each printed name stands for. A name the seed does not know keeps an id made of the name: it enters
-- every fact and rule.
-- grain: agency_name_key
with documents as (
    select distinct agency_name_key
    from {{ ref('stg_documents') }}
    where agency_name_key is not null and agency_name_key <> ''
),

known_names as (
    select
        {{ normalised_name('printed_name') }} as agency_name_key,
        agency_id
    from {{ ref('agency_names') }}
)

select
    documents.agency_name_key,
    coalesce(known_names.agency_id, 'name:' || documents.agency_name_key) as agency_id,
    case when known_names.agency_id is null then 'unresolved' else 'resolved' end as resolution
from documents
left join known_names on documents.agency_name_key = known_names.agency_name_key

-- What each document says of its agency, with what a steward decided about it: the name to match, and where to look
-- for the place it leaves out.
-- grain: document_id
with documents as (
    select * from {{ ref('stg_documents') }}
    where agency_name_key <> ''
),

decisions as (
    select
        {{ normalised_name('printed_name') }} as printed_key,
        {{ normalised_name('meant_name') }} as meant_key,
        coalesce(source_path, '') as decided_path,
        reason
    from {{ ref('agency_decisions') }}
),

-- A decision holds for the name everywhere, in a folder or in one file; the nearest one counts.
decided as (
    select
        documents.document_id,
        decisions.meant_key,
        decisions.reason,
        row_number() over (
            partition by documents.document_id order by length(decisions.decided_path) desc, decisions.meant_key asc
        ) as nearness
    from documents
    inner join decisions
        on
            documents.agency_name_key = decisions.printed_key
            and (
                decisions.decided_path in ('', documents.source_path)
                or documents.source_path like decisions.decided_path || '/%'
            )
)

select
    documents.document_id,
    documents.source_path,
    regexp_replace(documents.source_path, '/?[^/]*$', '') as folder,
    documents.fiscal_year,
    documents.scope,
    documents.agency_name_key as printed_key,
    coalesce(decided.meant_key, documents.agency_name_key) as name_key,
    decided.document_id is not null as is_decided,
    decided.reason as decision_reason,
    coalesce({{ normalised_name('documents.issuer_name') }}, '') as issuer_key
from documents
left join decided
    on
        documents.document_id = decided.document_id
        and decided.nearness = 1

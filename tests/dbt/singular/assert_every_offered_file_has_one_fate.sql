-- Each file in the reports folder is listed once with what became of it; one that could be read is accepted or a
-- duplicate of an accepted one.
with offered_files as (
    select * from {{ source('raw', 'offered_files') }}
),

raw_documents as (
    select * from {{ source('raw', 'documents') }}
),

documents as (
    select * from {{ ref('documents') }}
)

select
    offered_files.source_path,
    documents.status,
    raw_documents.state
from offered_files
left join raw_documents on offered_files.document_id = raw_documents.document_id
left join documents
    on
        offered_files.source_path = documents.source_path
        and offered_files.sha256 = documents.sha256
left join documents as kept
    on
        documents.kept_source_path = kept.source_path
        and kept.status = 'accepted'
where
    documents.status is null
    or documents.status in ('superseded', 'withdrawn')
    or (raw_documents.state = 'read') <> (documents.status in ('accepted', 'duplicate'))
    or (documents.status = 'duplicate' and kept.source_path is null)
    or (documents.status <> 'accepted' and documents.reason is null)

union all

select
    raw_documents.source_path,
    documents.status,
    raw_documents.state
from raw_documents
left join documents on raw_documents.document_id = documents.document_id
where documents.document_id is null

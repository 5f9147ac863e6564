-- Every file version ever offered, with its agency and what the reports folder says of it now, before duplicates
-- are told.
-- grain: document_id
with documents as (
    select * from {{ ref('stg_documents') }}
),

offered_files as (
    select * from {{ ref('stg_offered_files') }}
),

matches as (
    select * from {{ ref('int_agencies__matches') }}
)

select
    documents.document_id,
    documents.source_path,
    documents.sha256,
    documents.revision_no,
    documents.part_no,
    matches.agency_id,
    documents.fiscal_year,
    documents.scope,
    documents.published_on,
    case
        when matches.agency_id is not null and documents.fiscal_year is not null
            then {{ report_key('matches.agency_id', 'documents.fiscal_year', 'documents.scope') }}
    end as report_id,
    case
        when offered_files.source_path is null then 'withdrawn'
        when offered_files.sha256 <> documents.sha256 then 'superseded'
        when documents.state = 'read' then 'readable'
        else documents.state
    end as standing
from documents
left join offered_files on documents.source_path = offered_files.source_path
left join matches on documents.document_id = matches.document_id

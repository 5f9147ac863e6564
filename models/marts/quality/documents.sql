-- Every file ever offered, what became of it and why.
-- grain: source_path, sha256
{{ config(materialized='table') }}

with documents as (
    select * from {{ ref('stg_documents') }}
),

status as (
    select * from {{ ref('int_documents__status') }}
),

offered_files as (
    select * from {{ ref('stg_offered_files') }}
),

contradictions as (
    select * from {{ ref('int_documents__contradictions') }}
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

-- A file whose loading failed leaves no document; it must not vanish from the list for that.
all_files as (
    select
        source_path,
        sha256
    from documents
    union
    select
        source_path,
        sha256
    from offered_files
)

select
    documents.document_id,
    status.report_id,
    all_files.source_path,
    all_files.sha256,
    documents.revision_no,
    case when documents.document_id is null then 'quarantined' else status.status end as status,
    case when documents.document_id is null then 'not_loaded' else status.reason_code end as reason_code,
    case
        when documents.document_id is null then 'the file could not be loaded; see raw.load_audit (未能装载)'
        else status.reason
    end as reason,
    status.kept_source_path,
    contradictions.contradicting_cells,
    documents.agency_name,
    status.agency_id,
    documents.issuer_name,
    documents.fiscal_year,
    documents.scope as scope_code,
    documents.published_on,
    documents.media_type,
    documents.layout,
    documents.size_bytes,
    documents.agency_evidence,
    documents.agency_line_no,
    documents.issuer_evidence,
    documents.issuer_line_no,
    documents.year_evidence,
    documents.year_line_no,
    documents.scope_evidence,
    documents.scope_line_no,
    documents.published_evidence,
    documents.published_line_no,
    documents.identity_conflicts,
    coalesce(agencies.is_sample, false) or {{ is_filed_as_sample('all_files.source_path') }} as is_sample
from all_files
left join documents
    on
        all_files.source_path = documents.source_path
        and all_files.sha256 = documents.sha256
left join status on documents.document_id = status.document_id
left join contradictions on documents.document_id = contradictions.document_id
left join agencies on status.agency_id = agencies.agency_id

-- Accepted reports: the one document that stands for an agency, a year and a scope.
-- grain: report_id
with status as (
    select * from {{ ref('int_documents__status') }}
    where status = 'accepted'
),

documents as (
    select * from {{ ref('stg_documents') }}
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
)

select
    status.report_id,
    status.document_id,
    status.agency_id,
    agencies.level_code as level,
    agencies.organ_type_code as organ_type,
    status.fiscal_year,
    status.scope,
    status.source_path,
    status.sha256,
    documents.revision_no,
    documents.layout,
    documents.media_type,
    documents.title,
    documents.agency_name,
    documents.agency_evidence,
    documents.agency_line_no,
    documents.issuer_name,
    documents.issuer_evidence,
    documents.issuer_line_no,
    documents.year_evidence,
    documents.year_line_no,
    documents.scope_evidence,
    documents.scope_line_no,
    documents.published_on,
    documents.published_evidence,
    documents.published_line_no,
    documents.source_url,
    coalesce(agencies.is_sample, false) or {{ is_filed_as_sample('status.source_path') }} as is_sample
from status
inner join documents on status.document_id = documents.document_id
left join agencies on status.agency_id = agencies.agency_id

-- Earlier revisions of the accepted reports; quality.revision_cells says what they print differently.
-- grain: document_id
with status as (
    select * from {{ ref('int_documents__status') }}
    where status = 'superseded'
),

documents as (
    select * from {{ ref('stg_documents') }}
),

reports as (
    select * from {{ ref('dim_report') }}
)

select
    status.document_id,
    reports.report_id,
    reports.document_id as current_document_id,
    status.revision_no,
    status.agency_id,
    status.fiscal_year,
    status.scope as scope_code,
    documents.title,
    documents.published_on,
    status.source_path,
    status.sha256
from status
inner join documents on status.document_id = documents.document_id
inner join reports on status.source_path = reports.source_path

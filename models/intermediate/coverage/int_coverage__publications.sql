-- When a report came out first: over all versions of it that were offered, as a correction does not make it late.
-- grain: report_id
with versions as (
    select * from {{ ref('int_documents__candidates') }}
    where standing in ('readable', 'superseded') and report_id is not null
),

documents as (
    select * from {{ ref('stg_documents') }}
),

-- Labels such as 成文日期: the day it was written or signed, before which it cannot be out.
dated_labels as (
    select 'metadata ' || label as evidence from {{ ref('metadata_labels') }}
    where field = 'dated'
),

dated as (
    select
        versions.report_id,
        documents.published_on,
        documents.published_evidence like 'sign-off%' or dated_labels.evidence is not null as is_signature
    from versions
    inner join documents on versions.document_id = documents.document_id
    left join dated_labels on documents.published_evidence = dated_labels.evidence
)

select
    report_id,
    min(case when not is_signature then published_on end) as published_on,
    min(case when is_signature then published_on end) as signed_on,
    bool_or(published_on is null) as has_undated_version
from dated
group by report_id

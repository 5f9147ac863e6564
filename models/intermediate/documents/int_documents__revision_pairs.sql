-- Successive revisions of a file that could be read.
-- grain: from_document_id
with documents as (
    select * from {{ ref('stg_documents') }}
    where state = 'read'
),

successions as (
    select
        source_path,
        document_id as from_document_id,
        revision_no as from_revision_no,
        lead(document_id) over (partition by source_path order by revision_no) as to_document_id,
        lead(revision_no) over (partition by source_path order by revision_no) as to_revision_no
    from documents
)

select *
from successions
where to_document_id is not null

-- Statutory tables recognised in a document and the form each of them follows.
-- grain: document_id, table_no
select
    document_id,
    table_no,
    form_version,
    version_evidence,
    page_no,
    first_line_no,
    last_line_no
from {{ source('raw', 'form_tables') }}

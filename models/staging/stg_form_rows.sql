-- Which lines of the statutory tables were recognised, whether they are mere counts or text.
-- grain: document_id, table_no, line_code
select
    document_id,
    form_version,
    table_no,
    line_code
from {{ source('raw', 'form_rows') }}

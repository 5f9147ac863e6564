-- The lines of every document ever read, as their reader saw them.
-- grain: document_id, line_no
select
    document_id,
    line_no,
    page_no,
    text as line_text
from {{ source('raw', 'text_lines') }}

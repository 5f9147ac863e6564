-- Recognised lines that print words, units or figures in doubt.
-- grain: document_id, table_no, line_code
select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('text_#, line_no_#, placed_by_#') }}
from {{ source('raw', 'form_text_rows') }}

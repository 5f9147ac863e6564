-- Recognised lines of the statutory tables; the figures are still the printed text.
-- grain: document_id, table_no, line_code
select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('text_#, line_no_#, placed_by_#') }}
from {{ source('raw', 'form_rows') }}

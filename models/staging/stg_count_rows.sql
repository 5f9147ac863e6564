-- Recognised lines that print nothing but plain counts and blanks, as the integers they are. What a cell prints and
-- where it stands follows from them; the form says whether it counts there at all.
-- grain: document_id, table_no, line_code
select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    placed_by,
    first_line_no,
    line_step,
    {{ each_cell('count_#') }},
    blanks
from {{ source('raw', 'form_count_rows') }}

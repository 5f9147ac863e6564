-- Recognised lines of the statutory tables; the figures are still the printed text.
-- grain: document_id, table_no, line_code
select
    document_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {%- for k in range(1, 8) %}
    text_{{ k }},
    line_no_{{ k }},
    placed_by_{{ k }}{{ "," if not loop.last }}
    {%- endfor %}
from {{ source('raw', 'form_rows') }}

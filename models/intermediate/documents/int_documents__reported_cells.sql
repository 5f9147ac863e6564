-- Figures read from the documents that contend for the same report; nobody else's are counted.
-- grain: document_id
with compared_rows as (
    select * from {{ ref('int_cells__compared_rows') }}
)

select
    document_id,
    {{ cells_with_status('reported') }} as cells_reported
from compared_rows
group by document_id

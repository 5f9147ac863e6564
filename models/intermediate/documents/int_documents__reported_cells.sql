-- Figures read from the documents that contend for the same report; nobody else's are counted.
-- grain: document_id
with candidates as (
    select * from {{ ref('int_documents__candidates') }}
),

typed_rows as (
    select * from {{ ref('int_cells__typed_rows') }}
),

contended as (
    select
        agency_id,
        fiscal_year,
        scope
    from candidates
    where standing = 'readable'
    group by agency_id, fiscal_year, scope
    having count(*) > 1
),

contenders as (
    select candidates.document_id
    from candidates
    inner join contended
        on
            candidates.agency_id = contended.agency_id
            and candidates.fiscal_year = contended.fiscal_year
            and candidates.scope = contended.scope
    where candidates.standing = 'readable'
)

select
    contenders.document_id,
    {{ cells_with_status('reported', 'typed_rows') }} as cells_reported
from contenders
inner join typed_rows on contenders.document_id = typed_rows.document_id
group by contenders.document_id

-- Figures read from the documents that contend for the same report; nobody else's are counted.
-- grain: document_id
with candidates as (
    select * from {{ ref('int_documents__candidates') }}
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
),

contended_rows as (
    select * from {{ ref('stg_form_rows') }}
    where document_id in (select contenders.document_id from contenders)
),

typed_rows as (
    {{ typed_rows('contended_rows') }}
)

select
    document_id,
    {{ cells_with_status('reported') }} as cells_reported
from typed_rows
group by document_id

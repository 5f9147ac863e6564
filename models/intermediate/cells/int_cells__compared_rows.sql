-- The typed lines of documents that are held against another: those that contend for one report, and the revisions of a
-- file. Nobody else's are typed but once, for the report they are.
-- grain: document_id, table_no, line_code
with candidates as (
    select * from {{ ref('int_documents__candidates') }}
    where standing = 'readable'
),

revision_pairs as (
    select * from {{ ref('int_documents__revision_pairs') }}
),

contended as (
    select
        agency_id,
        fiscal_year,
        scope
    from candidates
    group by agency_id, fiscal_year, scope
    having count(*) > 1
),

compared_documents as (
    select candidates.document_id
    from candidates
    inner join contended
        on
            candidates.agency_id = contended.agency_id
            and candidates.fiscal_year = contended.fiscal_year
            and candidates.scope = contended.scope
    union
    select from_document_id as document_id from revision_pairs
    union
    select to_document_id as document_id from revision_pairs
),

{% for rows in ['count_rows', 'text_rows'] -%}
{{ rows }} as (
    select * from {{ ref('stg_' ~ rows) }}
    where document_id in (select compared_documents.document_id from compared_documents)
),

{% endfor -%}
form_rows_of_them as (
    {{ form_rows() }}
),

typed_rows as (
    {{ typed_rows('form_rows_of_them') }}
)

select
    document_id,
    form_version,
    table_no,
    line_code,
    {{ each_cell('text_#, value_#, status_#, unit_#, step_#') }}
from typed_rows

-- The cells of documents that have an earlier or a later revision, one row a cell; nobody else's are spread out.
-- grain: document_id, table_no, line_code, column_code
with typed_rows as (
    select * from {{ ref('int_cells__typed_rows') }}
),

cells as (
    select * from {{ ref('form_lines') }}
),

revised_documents as (
    select from_document_id as document_id from {{ ref('int_documents__revision_pairs') }}
    union
    select to_document_id as document_id from {{ ref('int_documents__revision_pairs') }}
)

select
    typed_rows.document_id,
    typed_rows.form_version,
    typed_rows.table_no,
    typed_rows.line_code,
    cells.column_code,
    {{ cell_of('typed_rows.text', 'cells.column_no') }} as value_as_printed,
    {{ cell_of('typed_rows.value', 'cells.column_no') }} as value,
    {{ cell_of('typed_rows.status', 'cells.column_no') }} as value_status,
    {{ cell_of('typed_rows.unit', 'cells.column_no') }} as unit_code,
    {{ cell_of('typed_rows.step', 'cells.column_no') }} as precision_step
from typed_rows
inner join revised_documents on typed_rows.document_id = revised_documents.document_id
inner join cells
    on
        typed_rows.form_version = cells.form_version
        and typed_rows.table_no = cells.table_no
        and typed_rows.line_code = cells.line_code

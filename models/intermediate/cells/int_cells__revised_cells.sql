-- The cells of documents that have an earlier or a later revision, one row a cell; nobody else's are spread out.
-- grain: document_id, table_no, line_code, column_code
with compared_rows as (
    select * from {{ ref('int_cells__compared_rows') }}
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
    compared_rows.document_id,
    compared_rows.form_version,
    compared_rows.table_no,
    compared_rows.line_code,
    cells.column_code,
    {{ cell_of('compared_rows.text', 'cells.column_no') }} as value_as_printed,
    {{ cell_of('compared_rows.value', 'cells.column_no') }} as value,
    {{ cell_of('compared_rows.status', 'cells.column_no') }} as value_status,
    {{ cell_of('compared_rows.unit', 'cells.column_no') }} as unit_code,
    {{ cell_of('compared_rows.step', 'cells.column_no') }} as precision_step
from compared_rows
inner join revised_documents on compared_rows.document_id = revised_documents.document_id
inner join cells
    on
        compared_rows.form_version = cells.form_version
        and compared_rows.table_no = cells.table_no
        and compared_rows.line_code = cells.line_code

-- How many cells a duplicate and the document kept in its stead both report, with different figures.
-- grain: document_id
with duplicates as (
    select
        document_id,
        kept_document_id
    from {{ ref('int_documents__status') }}
    where reason_code = 'same_report'
),

compared_rows as (
    select * from {{ ref('int_cells__compared_rows') }}
)

select
    duplicates.document_id,
    cast(
        sum({{ each_cell('case when dropped.value_# <> kept.value_# then 1 else 0 end', separator=' + ') }}) as integer
    ) as contradicting_cells
from duplicates
inner join compared_rows as dropped on duplicates.document_id = dropped.document_id
inner join compared_rows as kept
    on
        duplicates.kept_document_id = kept.document_id
        and dropped.table_no = kept.table_no
        and dropped.line_code = kept.line_code
group by duplicates.document_id

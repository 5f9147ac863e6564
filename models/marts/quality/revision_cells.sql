-- Cells that two successive revisions of a file print differently.
-- grain: from_document_id, table_no, line_code, column_code
{{ config(materialized='table') }}

with successions as (
    select * from {{ ref('int_documents__revision_pairs') }}
),

candidates as (
    select * from {{ ref('int_documents__candidates') }}
),

-- The report the later revision speaks for: a revision may correct the name or the year too.
pairs as (
    select
        successions.*,
        candidates.report_id
    from successions
    inner join candidates on successions.to_document_id = candidates.document_id
),

cells as (
    select * from {{ ref('int_cells__revised_cells') }}
),

old_cells as (
    select
        pairs.from_document_id,
        cells.*
    from pairs
    inner join cells on pairs.from_document_id = cells.document_id
),

new_cells as (
    select
        pairs.from_document_id,
        cells.*
    from pairs
    inner join cells on pairs.to_document_id = cells.document_id
),

compared as (
    select
        coalesce(old_cells.from_document_id, new_cells.from_document_id) as from_document_id,
        coalesce(old_cells.table_no, new_cells.table_no) as table_no,
        coalesce(old_cells.line_code, new_cells.line_code) as line_code,
        coalesce(old_cells.column_code, new_cells.column_code) as column_code,
        old_cells.value_as_printed as old_as_printed,
        new_cells.value_as_printed as new_as_printed,
        old_cells.value as old_value,
        new_cells.value as new_value,
        old_cells.unit_code as old_unit_code,
        new_cells.unit_code as new_unit_code,
        old_cells.precision_step as old_precision_step,
        new_cells.precision_step as new_precision_step,
        old_cells.form_version as old_form_version,
        new_cells.form_version as new_form_version,
        coalesce(old_cells.value_status, 'missing') as old_status,
        coalesce(new_cells.value_status, 'missing') as new_status
    from old_cells
    full join new_cells
        on
            old_cells.from_document_id = new_cells.from_document_id
            and old_cells.table_no = new_cells.table_no
            and old_cells.line_code = new_cells.line_code
            and old_cells.column_code = new_cells.column_code
)

select
    pairs.report_id,
    pairs.from_document_id,
    pairs.to_document_id,
    pairs.from_revision_no,
    pairs.to_revision_no,
    compared.table_no,
    compared.line_code,
    compared.column_code,
    compared.old_as_printed,
    compared.new_as_printed,
    compared.old_value,
    compared.new_value,
    compared.old_status,
    compared.new_status,
    compared.old_unit_code,
    compared.new_unit_code,
    compared.old_precision_step,
    compared.new_precision_step,
    compared.old_form_version,
    compared.new_form_version,
    case
        -- Only reported cells have values.
        when compared.old_value = compared.new_value then 'reworded'
        when compared.old_value <> compared.new_value then 'changed'
        when compared.new_status = 'reported' then 'filled_in'
        when compared.old_status = 'reported' then 'removed'
        else 'status_changed'
    end as change
from compared
inner join pairs on compared.from_document_id = pairs.from_document_id
where
    compared.old_as_printed is distinct from compared.new_as_printed
    or compared.old_status <> compared.new_status

-- Whatever text the readers placed in a cell of an accepted document is in form_cells, unchanged and not
-- `missing`; and no other text is.
-- Read from the source table, past staging, so that a row lost on the way cannot hide.
with accepted as (
    select
        document_id,
        report_id
    from {{ ref('documents') }}
    where status = 'accepted' and {{ enough_reports('report_id') }}
),

raw_cells as (
    select
        form_rows.document_id,
        {{ each_cell('case when form_rows.text_# is not null then 1 else 0 end', ' +') }} as cell_count,
        {{ each_cell(
            'case when form_rows.text_# is not null then '
            ~ row_hash(['form_rows.table_no', 'form_rows.line_code', '#', 'form_rows.text_#'])
            ~ ' else 0 end',
            ' +'
        ) }} as cell_fingerprint
    from {{ source('raw', 'form_rows') }} as form_rows
),

in_raw as (
    select
        accepted.report_id,
        sum(raw_cells.cell_count) as cell_count,
        sum(raw_cells.cell_fingerprint) as cell_fingerprint
    from accepted
    inner join raw_cells on accepted.document_id = raw_cells.document_id
    group by accepted.report_id
),

in_marts as (
    select
        form_cells.report_id,
        count(*) as cell_count,
        sum(
            {{ row_hash([
                'form_cells.table_no', 'form_cells.line_code', 'form_lines.column_no', 'form_cells.value_as_printed'
            ]) }}
        ) as cell_fingerprint
    from {{ ref('printed_form_cells') }} as form_cells
    inner join {{ ref('form_lines') }} as form_lines
        on
            form_cells.form_version = form_lines.form_version
            and form_cells.table_no = form_lines.table_no
            and form_cells.line_code = form_lines.line_code
            and form_cells.column_code = form_lines.column_code
    where
        form_cells.value_as_printed is not null
        and form_cells.value_status <> 'missing'
        and {{ enough_reports('form_cells.report_id') }}
    group by form_cells.report_id
)

select
    coalesce(in_raw.report_id, in_marts.report_id) as report_id,
    in_raw.cell_count as raw_count,
    in_marts.cell_count as marts_count
from in_raw
full join in_marts on in_raw.report_id = in_marts.report_id
where
    in_raw.cell_count is distinct from in_marts.cell_count
    or in_raw.cell_fingerprint is distinct from in_marts.cell_fingerprint

-- What lines of the other form may be added to a line of a form: those with the same cells, and those that only
-- together make one (int_regions__combined_lines). `source_#` is the place of the line's cell # there.
-- grain: form_version, table_no, line_code, from_form_version
with cells as (
    select * from {{ ref('form_cells') }}
),

comparable_lines as (
    select distinct
        form_version,
        table_no,
        line_code,
        from_form_version
    from {{ ref('comparable_lines') }}
),

sources as (
    select
        form_version,
        table_no,
        line_code,
        column_code,
        column_no
    from cells

    union all

    select
        comparable_lines.from_form_version as form_version,
        cells.table_no,
        cells.line_code,
        cells.column_code,
        cells.column_no
    from comparable_lines
    inner join cells
        on
            comparable_lines.form_version = cells.form_version
            and comparable_lines.table_no = cells.table_no
            and comparable_lines.line_code = cells.line_code
)

select
    cells.form_version,
    cells.table_no,
    cells.line_code,
    sources.form_version as from_form_version,
    {{ each_cell('max(case when cells.column_no = # then sources.column_no end) as source_#') }}
from cells
inner join sources
    on
        cells.table_no = sources.table_no
        and cells.line_code = sources.line_code
        and cells.column_code = sources.column_code
        and cells.form_version <> sources.form_version
group by
    cells.form_version,
    cells.table_no,
    cells.line_code,
    sources.form_version

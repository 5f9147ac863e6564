-- Every repair to be put to the test, cell by cell: single cells, and for groups that these may not mend the repairs
-- of two or three cells that the search found.
-- grain: group_id, repair_no, report_id, table_no, line_code, column_code
with candidates as (
    select * from {{ ref('int_reconciliation__repair_candidates') }}
),

searched as (
    select * from {{ ref('int_reconciliation__repair_search') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

form_cells as (
    select * from {{ ref('form_cells') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

single_cells as (
    select
        candidates.group_id,
        cast(row_number() over (
            partition by candidates.group_id
            order by candidates.table_no, form_cells.line_no, form_cells.column_no, reports.fiscal_year
        ) as integer) as repair_no,
        1 as cell_count,
        candidates.report_id,
        candidates.form_version,
        candidates.table_no,
        candidates.line_code,
        candidates.column_code,
        candidates.page_no,
        candidates.line_no,
        candidates.printed_value,
        candidates.suggested_value
    from candidates
    inner join reports on candidates.report_id = reports.report_id
    inner join form_cells
        on
            candidates.form_version = form_cells.form_version
            and candidates.table_no = form_cells.table_no
            and candidates.line_code = form_cells.line_code
            and candidates.column_code = form_cells.column_code
    where not exists (
        select 1
        from searched
        -- A group bears the number of its first finding.
        where substr(searched.finding_id, 3) = substr(candidates.group_id, 3)
    )
),

several_cells as (
    select
        searched.group_id,
        searched.repair_no,
        searched.cell_count,
        searched.report_id,
        lines.form_version,
        searched.table_no,
        searched.line_code,
        form_cells.column_code,
        lines.page_no,
        coalesce({{ cell_of('lines.line_no', 'searched.column_no') }}, lines.line_no) as line_no,
        {{ cell_of('lines.value', 'searched.column_no') }} as printed_value,
        cast(searched.suggested_value as decimal(24, 6)) as suggested_value
    from searched
    inner join lines
        on
            searched.report_id = lines.report_id
            and searched.table_no = lines.table_no
            and searched.line_code = lines.line_code
    inner join form_cells
        on
            lines.form_version = form_cells.form_version
            and lines.table_no = form_cells.table_no
            and lines.line_code = form_cells.line_code
            and searched.column_no = form_cells.column_no
    where searched.repair_no is not null
)

select * from single_cells
union all
select * from several_cells

-- Headline figures of a report, with the weakest status among their cells and whether a failing hard rule touches
-- one of them.
-- grain: report_id, headline_code
{{ config(materialized='view') }}

with headline_cells as (
    select * from {{ ref('int_cells__headline_cells') }}
),

doubtful_cells as (
    select distinct
        report_id,
        table_no,
        line_code,
        column_code
    from {{ ref('int_reconciliation__doubtful_cells') }}
),

doubtful_parts as (
    select distinct
        report_id,
        table_no,
        line_code
    from doubtful_cells
    where column_code <> 'total'
),

-- The order in which one status hides another: what is worst is what the reader must know.
ranked as (
    select
        headline_cells.*,
        case headline_cells.cell_status
            when 'reported' then 0
            when 'derived' then 1
            when 'not_applicable' then 2
            when 'blank' then 3
            when 'unreadable' then 4
            else 5
        end as status_rank,
        case
            when headline_cells.cell_status = 'derived' then doubtful_parts.report_id is not null
            else doubtful_cells.report_id is not null
        end as is_doubtful
    from headline_cells
    left join doubtful_cells
        on
            headline_cells.report_id = doubtful_cells.report_id
            and headline_cells.table_no = doubtful_cells.table_no
            and headline_cells.line_code = doubtful_cells.line_code
            and headline_cells.column_code = doubtful_cells.column_code
    left join doubtful_parts
        on
            headline_cells.report_id = doubtful_parts.report_id
            and headline_cells.table_no = doubtful_parts.table_no
            and headline_cells.line_code = doubtful_parts.line_code
)

select
    report_id,
    headline_code,
    -- One cell without a value leaves the headline without one.
    case when max(status_rank) <= 1 then cast(sum(cell_value) as decimal(24, 6)) end as headline_value,
    case max(status_rank)
        when 0 then 'reported'
        when 1 then 'derived'
        when 2 then 'not_applicable'
        when 3 then 'blank'
        when 4 then 'unreadable'
        else 'missing'
    end as headline_status,
    cast(max(case when is_doubtful then 1 else 0 end) as integer) = 1 as is_doubtful
from ranked
group by report_id, headline_code

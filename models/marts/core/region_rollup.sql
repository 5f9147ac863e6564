-- The consolidated report of every region and year as its members add up, cell by cell, beside the one it published;
-- `figure` is the one to show. Rows of two regions are never to be added, as one may lie in the other.
-- grain: region_agency_id, fiscal_year, table_no, line_code, column_code
with lines as (
    select * from {{ ref('int_regions__lines') }}
),

cells as (
    select * from {{ ref('form_lines') }}
),

doubtful_cells as (
    select * from {{ ref('int_regions__doubtful_cells') }}
),

rolled_up as (
    select
        lines.region_code as region_agency_id,
        lines.fiscal_year,
        lines.form_version,
        lines.table_no,
        lines.line_code,
        cells.column_code,
        cells.unit_code,
        lines.declared_report_id,
        {{ cell_of('lines.declared', 'cells.column_no') }} as declared_value,
        {{ cell_of('lines.declared_status', 'cells.column_no') }} as declared_status,
        {{ cell_of('lines.declared_unit', 'cells.column_no') }} as declared_unit_code,
        {{ cell_of('lines.sum', 'cells.column_no') }} as member_sum,
        {{ cell_of('lines.reported', 'cells.column_no') }} as reported_count,
        {{ cell_of('lines.blank', 'cells.column_no') }} as blank_count,
        {{ cell_of('lines.asked', 'cells.column_no') }} as asked_count,
        lines.counted_count as member_count,
        lines.expected_count as expected_member_count,
        -- What is printed in 万 or 亿 is known to half of the last digit.
        0.5 * (
            coalesce({{ cell_of('lines.declared_step', 'cells.column_no') }}, 0)
            + coalesce({{ cell_of('lines.step', 'cells.column_no') }}, 0)
        ) as tolerance
    from lines
    inner join cells
        on
            lines.form_version = cells.form_version
            and lines.table_no = cells.table_no
            and lines.line_code = cells.line_code
),

compared as (
    select
        *,
        declared_report_id is not null as is_declared,
        -- An amount without a unit cannot be held against anything, nor added to anything.
        case
            when coalesce(declared_unit_code, '') <> 'unstated' or declared_value = 0 then declared_value
        end as declared_figure
    from rolled_up
),

figures as (
    select
        *,
        declared_figure - member_sum as difference,
        case when is_declared then declared_figure else member_sum end as figure,
        case when is_declared then cast(declared_figure is not null as integer) else reported_count end as figure_count,
        case when is_declared then 1 else expected_member_count end as figure_expected_count
    from compared
)

select
    figures.region_agency_id,
    figures.fiscal_year,
    figures.form_version,
    figures.table_no,
    figures.line_code,
    figures.column_code,
    figures.unit_code,
    case when figures.is_declared then 'declared' else 'computed' end as source_code,
    figures.figure,
    case
        when figures.figure is null and figures.declared_value is not null then 'unstated'
        when figures.figure is null and figures.is_declared then figures.declared_status
        when figures.figure is null then 'not_available'
        when figures.figure_count < figures.figure_expected_count then 'partial'
        else 'reported'
    end as figure_status,
    figures.figure_count,
    figures.figure_expected_count,
    coalesce(doubtful_cells.doubtful_count, 0) as doubtful_count,
    doubtful_cells.doubt_severity,
    figures.declared_report_id,
    figures.declared_value,
    case when figures.is_declared then figures.declared_status else 'not_published' end as declared_status,
    figures.member_sum,
    case
        when figures.reported_count = 0 then 'none'
        when figures.reported_count = figures.expected_member_count then 'complete'
        else 'partial'
    end as member_sum_status,
    figures.reported_count,
    figures.blank_count,
    figures.asked_count - figures.reported_count - figures.blank_count as not_reported_count,
    figures.member_count - figures.asked_count as other_form_count,
    figures.member_count,
    figures.expected_member_count,
    cast(figures.difference as decimal(24, 6)) as difference,
    cast(figures.tolerance as decimal(24, 6)) as tolerance,
    case
        when figures.difference is null then 'not_comparable'
        when abs(figures.difference) <= figures.tolerance then 'equal'
        when figures.difference < 0 then 'below'
        else 'above'
    end as comparison
from figures
left join doubtful_cells
    on
        figures.region_agency_id = doubtful_cells.region_code
        and figures.fiscal_year = doubtful_cells.fiscal_year
        and figures.table_no = doubtful_cells.table_no
        and figures.line_code = doubtful_cells.line_code
        and figures.column_code = doubtful_cells.column_code

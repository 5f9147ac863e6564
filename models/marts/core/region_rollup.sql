-- The consolidated report of every region and year as its members add up, cell by cell, beside the one it published.
-- Each region stands for itself: rows of two regions are never to be added, as one may lie in the other.
-- grain: region_agency_id, fiscal_year, table_no, line_code, column_code
{{ config(materialized='view') }}

with lines as (
    select * from {{ ref('int_regions__lines') }}
),

region_years as (
    select * from {{ ref('int_regions__years') }}
),

cells as (
    select * from {{ ref('form_lines') }}
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
        region_years.declared_report_id,
        {{ cell_of('lines.declared', 'cells.column_no') }} as declared_value,
        {{ cell_of('lines.declared_status', 'cells.column_no') }} as declared_status,
        {{ cell_of('lines.declared_unit', 'cells.column_no') }} as declared_unit_code,
        {{ cell_of('lines.sum', 'cells.column_no') }} as member_sum,
        {{ cell_of('lines.reported', 'cells.column_no') }} as reported_count,
        {{ cell_of('lines.blank', 'cells.column_no') }} as blank_count,
        {{ cell_of('lines.asked', 'cells.column_no') }} as asked_count,
        region_years.counted_count as member_count,
        region_years.expected_count as expected_member_count,
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
    inner join region_years
        on
            lines.region_code = region_years.region_code
            and lines.fiscal_year = region_years.fiscal_year
),

compared as (
    select
        *,
        -- An amount without a unit cannot be held against anything.
        case
            when coalesce(declared_unit_code, '') <> 'unstated' or declared_value = 0 then declared_value - member_sum
        end as difference
    from rolled_up
)

select
    region_agency_id,
    fiscal_year,
    form_version,
    table_no,
    line_code,
    column_code,
    unit_code,
    declared_report_id,
    declared_value,
    case when declared_report_id is null then 'not_published' else declared_status end as declared_status,
    member_sum,
    case
        when reported_count = 0 then 'none'
        when reported_count = expected_member_count then 'complete'
        else 'partial'
    end as member_sum_status,
    reported_count,
    blank_count,
    asked_count - reported_count - blank_count as not_reported_count,
    member_count - asked_count as other_form_count,
    member_count,
    expected_member_count,
    cast(difference as decimal(24, 6)) as difference,
    cast(tolerance as decimal(24, 6)) as tolerance,
    case
        when difference is null then 'not_comparable'
        when abs(difference) <= tolerance then 'equal'
        when difference < 0 then 'below'
        else 'above'
    end as comparison
from compared

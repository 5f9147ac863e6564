-- The consolidated report of every region as put together from its members, beside the one it published: seven cells a
-- line, what they add up to, and of how many members.
-- A view: marts.region_rollup alone reads it, and keeps the cells.
-- grain: region_code, fiscal_year, table_no, line_code
{{ config(materialized='view') }}

with region_years as (
    select * from {{ ref('int_regions__years') }}
),

forms as (
    select * from {{ ref('int_regions__forms') }}
),

stg_form_lines as (
    select * from {{ ref('stg_form_lines') }}
),

aligned_lines as (
    select * from {{ ref('int_regions__aligned_lines') }}
),

declared_lines as (
    select * from {{ ref('int_regions__declared_lines') }}
),

sums as (
    select
        region_code,
        fiscal_year,
        table_no,
        line_code,
        {{ each_cell(
            'sum(asked_#) as asked_#, sum(sum_#) as sum_#, sum(reported_#) as reported_#, sum(blank_#) as blank_#, '
            'sum(step_#) as step_#'
        ) }}
    from aligned_lines
    group by region_code, fiscal_year, table_no, line_code
)

select
    forms.region_code,
    forms.fiscal_year,
    forms.form_version,
    forms.table_no,
    stg_form_lines.line_code,
    region_years.declared_report_id,
    region_years.counted_count,
    region_years.expected_count,
    {{ each_cell(
        'declared_lines.declared_#, declared_lines.declared_status_#, declared_lines.declared_unit_#, '
        'declared_lines.declared_step_#, '
        'cast(sums.sum_# as decimal(24, 6)) as sum_#, '
        'cast(coalesce(sums.asked_#, 0) as integer) as asked_#, '
        'cast(coalesce(sums.reported_#, 0) as integer) as reported_#, '
        'cast(coalesce(sums.blank_#, 0) as integer) as blank_#, '
        'cast(sums.step_# as decimal(24, 6)) as step_#'
    ) }}
from forms
inner join region_years
    on
        forms.region_code = region_years.region_code
        and forms.fiscal_year = region_years.fiscal_year
inner join stg_form_lines
    on
        forms.form_version = stg_form_lines.form_version
        and forms.table_no = stg_form_lines.table_no
left join sums
    on
        forms.region_code = sums.region_code
        and forms.fiscal_year = sums.fiscal_year
        and stg_form_lines.table_no = sums.table_no
        and stg_form_lines.line_code = sums.line_code
left join declared_lines
    on
        forms.region_code = declared_lines.region_code
        and forms.fiscal_year = declared_lines.fiscal_year
        and stg_form_lines.table_no = declared_lines.table_no
        and stg_form_lines.line_code = declared_lines.line_code

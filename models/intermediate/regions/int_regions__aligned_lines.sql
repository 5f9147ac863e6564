-- The lines added up below each region, their cells in the places of the region's form; a line of another form is left
-- out where it has nothing comparable. Nearly all members are on the form of their region.
-- grain: region_code, fiscal_year, table_no, line_code, and the home, form and kind of line of home_lines
{{ config(materialized='view') }}

with forms as (
    select * from {{ ref('int_regions__forms') }}
),

home_lines as (
    select * from {{ ref('int_regions__home_lines') }}
),

reach as (
    select * from {{ ref('int_regions__reach') }}
    where is_added
),

line_map as (
    select * from {{ ref('int_regions__line_map') }}
)

select
    forms.region_code,
    forms.fiscal_year,
    home_lines.table_no,
    home_lines.line_code,
    {{ each_cell(
        'home_lines.line_count as asked_#, home_lines.sum_#, home_lines.reported_#, home_lines.blank_#, '
        'home_lines.step_#'
    ) }}
from home_lines
inner join reach
    on
        home_lines.home_code = reach.home_code
        and home_lines.fiscal_year = reach.fiscal_year
inner join forms
    on
        reach.region_code = forms.region_code
        and reach.fiscal_year = forms.fiscal_year
        and home_lines.table_no = forms.table_no
        and home_lines.form_version = forms.form_version

union all

select
    forms.region_code,
    forms.fiscal_year,
    home_lines.table_no,
    home_lines.line_code,
    {{ each_cell(
        'case when line_map.source_# is not null then home_lines.line_count end as asked_#, '
        ~ cell_of('home_lines.sum', 'line_map.source_#') ~ ' as sum_#, '
        ~ cell_of('home_lines.reported', 'line_map.source_#') ~ ' as reported_#, '
        ~ cell_of('home_lines.blank', 'line_map.source_#') ~ ' as blank_#, '
        ~ cell_of('home_lines.step', 'line_map.source_#') ~ ' as step_#'
    ) }}
from home_lines
inner join reach
    on
        home_lines.home_code = reach.home_code
        and home_lines.fiscal_year = reach.fiscal_year
inner join forms
    on
        reach.region_code = forms.region_code
        and reach.fiscal_year = forms.fiscal_year
        and home_lines.table_no = forms.table_no
inner join line_map
    on
        forms.form_version = line_map.form_version
        and home_lines.table_no = line_map.table_no
        and home_lines.line_code = line_map.line_code
        and home_lines.form_version = line_map.from_form_version

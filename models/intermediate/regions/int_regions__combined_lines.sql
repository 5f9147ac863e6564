-- Lines of reports that are added up in another form, where several lines of theirs make one of it: 表三 （六） of 2019 is
-- the three lines of 2021. Together they have a figure where each of them has.
-- grain: report_id, table_no, line_code
with reports as (
    select * from {{ ref('int_regions__reports') }}
    where role_code = 'counted'
),

reach as (
    select * from {{ ref('int_regions__reach') }}
    where is_added
),

forms as (
    select * from {{ ref('int_regions__forms') }}
),

comparable_lines as (
    select * from {{ ref('comparable_lines') }}
),

form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
),

asked as (
    select distinct
        reports.report_id,
        comparable_lines.*
    from reports
    inner join reach
        on
            reports.home_code = reach.home_code
            and reports.fiscal_year = reach.fiscal_year
    inner join forms
        on
            reach.region_code = forms.region_code
            and reach.fiscal_year = forms.fiscal_year
    inner join comparable_lines
        on
            forms.form_version = comparable_lines.form_version
            and forms.table_no = comparable_lines.table_no
),

parts as (
    select
        asked.report_id,
        form_lines.form_version,
        asked.table_no,
        asked.line_code,
        {{ each_cell(used_value('#') ~ ' as value_#, form_lines.step_#, ' ~ is_used_blank('#') ~ ' as is_blank_#') }}
    from form_lines
    inner join asked
        on
            form_lines.report_id = asked.report_id
            and form_lines.form_version = asked.from_form_version
            and form_lines.table_no = asked.table_no
            and form_lines.line_code = asked.from_line_code
    left join corrections
        on
            form_lines.report_id = corrections.report_id
            and form_lines.table_no = corrections.table_no
            and form_lines.line_code = corrections.line_code
)

select
    report_id,
    form_version,
    table_no,
    line_code,
    {{ each_cell(
        'case when count(value_#) = count(*) then sum(value_#) end as value_#, '
        'sum(step_#) as step_#, '
        'bool_and(value_# is not null or is_blank_#) and bool_or(is_blank_#) as is_blank_#'
    ) }}
from parts
group by report_id, form_version, table_no, line_code

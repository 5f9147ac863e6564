-- The members right below each region added up, line by line: the only pass over all cells. A line may have two rows,
-- one of what is nothing but counts, one of the rest.
-- grain: fiscal_year, home_code, form_version, table_no, line_code, line_kind
with reports as (
    select
        report_id,
        home_code,
        fiscal_year
    from {{ ref('int_regions__reports') }}
    where role_code = 'counted' and home_code is not null
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
),

plain_lines as (
    select count_lines.*
    from {{ ref('int_cells__count_lines') }} as count_lines
    left join corrections
        on
            count_lines.report_id = corrections.report_id
            and count_lines.table_no = corrections.table_no
            and count_lines.line_code = corrections.line_code
    where count_lines.blanks = 0 and corrections.report_id is null
),

-- The few lines to be spelt out: with a blank or an accepted correction, or more than counts.
count_lines as (
    select count_lines.*
    from {{ ref('int_cells__count_lines') }} as count_lines
    left join corrections
        on
            count_lines.report_id = corrections.report_id
            and count_lines.table_no = corrections.table_no
            and count_lines.line_code = corrections.line_code
    where count_lines.blanks <> 0 or corrections.report_id is not null
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

form_lines as (
    {{ form_lines() }}
),

used_lines as (
    select
        form_lines.report_id,
        form_lines.form_version,
        form_lines.table_no,
        form_lines.line_code,
        {{ each_cell(used_value('#') ~ ' as value_#, form_lines.step_#, ' ~ is_used_blank('#') ~ ' as is_blank_#') }}
    from form_lines
    left join corrections
        on
            form_lines.report_id = corrections.report_id
            and form_lines.table_no = corrections.table_no
            and form_lines.line_code = corrections.line_code

    union all

    select
        report_id,
        form_version,
        table_no,
        line_code,
        {{ each_cell('value_#, step_#, is_blank_#') }}
    from {{ ref('int_regions__combined_lines') }}
)

select
    {{ home_line_keys('plain_lines', 'counts') }},
    count(*) as line_count,
    {{ each_cell(
        'cast(sum(plain_lines.count_#) as decimal(24, 6)) as sum_#, count(plain_lines.count_#) as reported_#, '
        'cast(0 as bigint) as blank_#, cast(null as decimal(24, 6)) as step_#'
    ) }}
from plain_lines
inner join reports on plain_lines.report_id = reports.report_id
group by all

union all

select
    {{ home_line_keys('used_lines', 'others') }},
    count(*) as line_count,
    {{ each_cell(
        'cast(sum(used_lines.value_#) as decimal(24, 6)) as sum_#, count(used_lines.value_#) as reported_#, '
        'count(case when used_lines.is_blank_# then 1 end) as blank_#, '
        'cast(sum(used_lines.step_#) as decimal(24, 6)) as step_#'
    ) }}
from used_lines
inner join reports on used_lines.report_id = reports.report_id
group by all

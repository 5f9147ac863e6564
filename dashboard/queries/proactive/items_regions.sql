-- 表二 of regions through the years, regions of one form added up, each from its consolidated report or its members with
-- n of N. Nothing is added up over the two forms but what both count alike. A year without figures has the lines of the
-- form then in force. grain: form_version, fiscal_year, item_code, measure_code
with years as (
    select
        dim_year.fiscal_year,
        dim_year.form_in_force
    from marts.dim_year
    where dim_year.fiscal_year between
        (select min(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
        and (select max(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
),

cells as (
    select
        fiscal_year,
        form_version,
        line_code,
        column_code,
        declared_status,
        declared_report_id is null as is_computed,
        case when declared_report_id is null then member_sum else declared_value end as figure,
        case when declared_report_id is null then reported_count else (declared_value is not null)::integer end as reported,
        case when declared_report_id is null then expected_member_count else 1 end as expected
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 2
),

sums as (
    select
        fiscal_year,
        form_version,
        line_code,
        column_code,
        sum(figure) as figure,
        sum(reported)::integer as reported,
        sum(expected)::integer as expected,
        bool_or(is_computed) as is_computed,
        count(distinct is_computed) > 1 as is_mixed,
        case when count(*) = 1 and not bool_or(is_computed) then any_value(declared_status) end as declared_status
    from cells
    group by fiscal_year, form_version, line_code, column_code
),

forms as (
    select distinct fiscal_year, form_version
    from sums
),

panels as (
    select
        years.fiscal_year,
        coalesce(forms.form_version, years.form_in_force) as form_version
    from years
    left join forms on years.fiscal_year = forms.fiscal_year
)

select
    'region' as subject_id,
    panels.fiscal_year,
    panels.form_version,
    form.line_code as item_code,
    form.column_code as measure_code,
    form.line_label_zh as item_name_zh,
    form.line_name_en as item_name_en,
    form.column_label_zh as measure_name_zh,
    form.column_name_en as measure_name_en,
    form.unit_code,
    cast(null as bigint) as report_id,
    case when sums.is_mixed then 'mixed' when sums.is_computed then 'computed' when not sums.is_computed then 'declared' end
        as scope,
    sums.figure,
    sums.figure as printed_value,
    case
        when sums.fiscal_year is null then 'no_report'
        when sums.figure is null then coalesce(sums.declared_status, 'not_available')
        when sums.reported < sums.expected then 'partial'
        else 'reported'
    end as figure_status,
    case
        when sums.is_mixed or sums.reported < sums.expected then ''
        when sums.is_computed then 'computed'
        else 'declared'
    end as basis,
    false as is_doubtful,
    cast(null as varchar) as severity,
    cast(null as varchar) as doubt_text,
    case when sums.is_computed then sums.reported end as reported_count,
    case when sums.is_computed then sums.expected end as expected_count
from panels
inner join reference.form_lines as form on panels.form_version = form.form_version and form.table_no = 2
left join sums
    on
        panels.fiscal_year = sums.fiscal_year
        and panels.form_version = sums.form_version
        and form.line_code = sums.line_code
        and form.column_code = sums.column_code
order by panels.form_version, form.line_no, form.column_no, panels.fiscal_year

-- New applications of regions by kind of applicant, regions added up, each from its consolidated report or its members,
-- as shares of the total of the line. A share is told only where both rest on the same number of members.
-- grain: fiscal_year, applicant_type_code
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
        column_code,
        declared_status,
        declared_report_id is null as is_computed,
        case when declared_report_id is null then member_sum else declared_value end as figure,
        case when declared_report_id is null then reported_count else (declared_value is not null)::integer end as reported,
        case when declared_report_id is null then expected_member_count else 1 end as expected
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 3 and line_code = 'new'
),

columns as (
    select
        fiscal_year,
        column_code,
        sum(figure) as figure,
        sum(reported)::integer as reported,
        sum(expected)::integer as expected,
        bool_or(is_computed) as is_computed,
        count(distinct is_computed) > 1 as is_mixed,
        case when count(*) = 1 and not bool_or(is_computed) then any_value(declared_status) end as declared_status
    from cells
    group by fiscal_year, column_code
)

select
    'region' as subject_id,
    years.fiscal_year,
    applicant.applicant_type_code,
    applicant.name_zh as applicant_name_zh,
    applicant.name_en as applicant_name_en,
    years.form_in_force as form_version,
    cast(null as bigint) as report_id,
    case when columns.is_mixed then 'mixed' when columns.is_computed then 'computed' when not columns.is_computed then 'declared' end
        as scope,
    columns.figure,
    case
        when columns.column_code is null then 'no_report'
        when columns.figure is null then coalesce(columns.declared_status, 'not_available')
        when columns.reported < columns.expected then 'partial'
        else 'reported'
    end as figure_status,
    false as is_doubtful,
    case when columns.is_computed then columns.reported end as reported_count,
    case when columns.is_computed then columns.expected end as expected_count,
    total.figure as denominator,
    case when total.column_code is null then 'no_report' when total.figure is null then 'not_available' else 'reported' end
        as denominator_status,
    case when columns.reported = total.reported then columns.figure / nullif(total.figure, 0) end::double as share
from years
cross join marts.dim_applicant_type as applicant
left join columns on years.fiscal_year = columns.fiscal_year and applicant.applicant_type_code = columns.column_code
left join columns as total on years.fiscal_year = total.fiscal_year and total.column_code = 'total'
order by years.fiscal_year, applicant.column_no

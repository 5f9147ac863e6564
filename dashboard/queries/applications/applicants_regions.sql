-- New applications of regions by kind of applicant, regions added up, each from its consolidated report or its members,
-- as shares of the total of the line. A share is told only where both rest on the same number of members.
-- grain: fiscal_year, applicant_type_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

columns as (
    select
        fiscal_year,
        column_code,
        sum(figure) as figure,
        sum(figure_count)::integer as reported,
        sum(figure_expected_count)::integer as expected,
        sum(doubtful_count)::integer as doubtful,
        case when min(source_code) = max(source_code) then min(source_code) else 'mixed' end as source_code,
        case when count(*) = 1 then min(figure_status) end as only_status
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 3 and line_code = 'new'
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
    columns.source_code as scope,
    columns.figure,
    case
        when columns.column_code is null then 'no_report'
        when columns.figure is null then coalesce(columns.only_status, 'not_available')
        when columns.reported < columns.expected then 'partial'
        else 'reported'
    end as figure_status,
    coalesce(columns.doubtful > 0, false) as is_doubtful,
    columns.doubtful as doubtful_count,
    case when columns.source_code <> 'declared' then columns.reported end as reported_count,
    case when columns.source_code <> 'declared' then columns.expected end as expected_count,
    total.figure as denominator,
    case when total.column_code is null then 'no_report' when total.figure is null then 'not_available' else 'reported' end
        as denominator_status,
    case when columns.reported = total.reported then columns.figure / nullif(total.figure, 0) end::double as share
from years
cross join marts.dim_applicant_type as applicant
left join columns on years.fiscal_year = columns.fiscal_year and applicant.applicant_type_code = columns.column_code
left join columns as total on years.fiscal_year = total.fiscal_year and total.column_code = 'total'
order by years.fiscal_year, applicant.column_no

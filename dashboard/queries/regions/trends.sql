-- Headline figures and rates of a region through the years, declared or added up with n of N. `basis` is empty where
-- members are missing: such a year is compared with no other; what the two forms count otherwise rests on its form too.
-- grain: metric_id, fiscal_year
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

metrics as (
    select metric_id, name_zh, name_en, kind, is_comparable_over_forms
    from reference.metrics
    where list_contains($metric_ids, metric_id)
),

figures as (
    select *
    from marts.region_year
    where region_agency_id = $region and member_level_code = 'all'
),

reports as (
    select fiscal_year, table2_form, table3_form
    from marts.dim_report
    where agency_id = $region and scope_code = 'consolidated'
)

select
    'region' as subject_id,
    years.fiscal_year,
    metrics.metric_id,
    metrics.name_zh,
    metrics.name_en,
    coalesce(case when metrics.is_comparable_over_forms then reports.table3_form else reports.table2_form end, years.form_in_force)
        as form_version,
    cast(null as bigint) as report_id,
    figures.source_code as scope,
    case when metrics.kind = 'rate' then figures.metric_value else figures.numerator::double end as figure,
    figures.numerator,
    figures.denominator,
    case
        when figures.status is null then 'no_report'
        when figures.status in ('declared', 'complete') then 'reported'
        else figures.status
    end as figure_status,
    case
        when figures.status not in ('declared', 'complete') then ''
        when metrics.is_comparable_over_forms then figures.source_code
        else concat_ws(' ', figures.source_code, coalesce(reports.table2_form, years.form_in_force))
    end as basis,
    coalesce(figures.is_doubtful, false) as is_doubtful,
    figures.reported_count,
    figures.expected_count
from years
cross join metrics
left join figures on years.fiscal_year = figures.fiscal_year and metrics.metric_id = figures.metric_id
left join reports on years.fiscal_year = reports.fiscal_year
order by list_position($metric_ids, metrics.metric_id), years.fiscal_year

-- Applications in and out of regions through the years, regions added up: every region as region_year has it, from its
-- consolidated report or, where there is none, from its members with n of N. `basis` is empty where members are missing
-- or regions differ in source: such a year is compared with no other. A year without any row is there as no_report.
-- grain: fiscal_year, measure_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

measures (measure_code, line_code, measure_no) as (
    values
    ('new_count', 'new', 1), ('carried_in_count', 'carried_in', 2), ('closed_count', 'closed', 3), ('carried_out_count', 'carried_out', 4)
),

figures as (
    select
        fiscal_year,
        metric_id as measure_code,
        sum(numerator) as figure,
        bool_or(is_doubtful) as is_doubtful,
        count(*) = count(numerator) and bool_and(status <> 'partial') as is_complete,
        count(distinct source_code) = 1 as has_one_source,
        min(source_code) as source_code,
        sum(coalesce(reported_count, (numerator is not null)::integer)) as reported,
        sum(coalesce(expected_count, 1)) as expected,
        case when count(*) = 1 then any_value(change_rate) end as change_rate
    from marts.region_year
    where
        list_contains($region_ids, region_agency_id)
        and member_level_code = 'all'
        and metric_id in (select measures.measure_code from measures)
    group by fiscal_year, metric_id
)

select
    'region' as subject_id,
    years.fiscal_year,
    measures.measure_code,
    measures.line_code,
    years.form_in_force as form_version,
    cast(null as bigint) as report_id,
    case when figures.has_one_source then figures.source_code else 'mixed' end as scope,
    figures.figure,
    case
        when figures.measure_code is null then 'no_report'
        when figures.figure is null then 'not_available'
        when figures.is_complete then 'reported'
        else 'partial'
    end as figure_status,
    case when figures.is_complete and figures.has_one_source then figures.source_code else '' end as basis,
    coalesce(figures.is_doubtful, false) as is_doubtful,
    case when figures.source_code = 'computed' then figures.reported::integer end as reported_count,
    case when figures.source_code = 'computed' then figures.expected::integer end as expected_count,
    figures.change_rate
from years
cross join measures
left join figures on years.fiscal_year = figures.fiscal_year and measures.measure_code = figures.measure_code
order by measures.measure_no, years.fiscal_year

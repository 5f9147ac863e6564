-- What became of the applications closed in regions, by group of outcomes （一）-（六）, as shares of all closed; regions
-- added up, each from its consolidated report or its members. A share is told only where group and total rest on the
-- same number of members. grain: fiscal_year, group_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

groups (group_code, group_no) as (
    values ('granted', 1), ('partial', 2), ('denied', 3), ('unable', 4), ('declined', 5), ('other_processing', 6)
),

figures as (
    select
        fiscal_year,
        metric_id,
        sum(numerator) as figure,
        bool_or(is_doubtful) as is_doubtful,
        case when count(distinct source_code) > 1 then 'mixed' else min(source_code) end as source_code,
        sum(coalesce(reported_count, (numerator is not null)::integer))::integer as reported,
        sum(coalesce(expected_count, 1))::integer as expected
    from marts.region_year
    where list_contains($region_ids, region_agency_id) and member_level_code = 'all'
    group by fiscal_year, metric_id
),

closed as (
    select * from figures
    where metric_id = 'closed_count'
)

select
    'region' as subject_id,
    years.fiscal_year,
    groups.group_code,
    years.form_in_force as form_version,
    cast(null as bigint) as report_id,
    figures.source_code as scope,
    figures.figure,
    case
        when figures.metric_id is null then 'no_report'
        when figures.figure is null then 'not_available'
        when figures.reported < figures.expected then 'partial'
        else 'reported'
    end as figure_status,
    coalesce(figures.is_doubtful, false) as is_doubtful,
    case when figures.source_code <> 'declared' then figures.reported end as reported_count,
    case when figures.source_code <> 'declared' then figures.expected end as expected_count,
    closed.figure as denominator,
    case
        when closed.metric_id is null then 'no_report' when closed.figure is null then 'not_available' else 'reported'
    end as denominator_status,
    case when figures.reported = closed.reported then figures.figure / nullif(closed.figure, 0) end::double as share
from years
cross join groups
left join figures on years.fiscal_year = figures.fiscal_year and figures.metric_id = groups.group_code || '_count'
left join closed on years.fiscal_year = closed.fiscal_year
order by years.fiscal_year, groups.group_no

-- The share of applications that regions carried over to the next year (结转率), regions added up, each from its
-- consolidated report or its members. grain: fiscal_year
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

rates as (
    select
        fiscal_year,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        bool_or(is_doubtful) as is_doubtful,
        case when count(distinct source_code) > 1 then 'mixed' else min(source_code) end as source_code,
        min(status) as status,
        sum(coalesce(reported_count, (numerator is not null)::integer))::integer as reported,
        sum(coalesce(expected_count, 1))::integer as expected
    from marts.region_year
    where list_contains($region_ids, region_agency_id) and member_level_code = 'all' and metric_id = 'carry_over_rate'
    group by fiscal_year
)

select
    'region' as subject_id,
    years.fiscal_year,
    'carried_out' as line_code,
    years.form_in_force as form_version,
    cast(null as bigint) as report_id,
    rates.source_code as scope,
    (rates.numerator / nullif(rates.denominator, 0))::double as figure,
    rates.numerator,
    rates.denominator,
    case
        when rates.fiscal_year is null then 'no_report'
        when rates.denominator is null then 'not_available'
        when rates.denominator = 0 then 'no_cases'
        when rates.reported < rates.expected then 'partial'
        else 'reported'
    end as figure_status,
    case when rates.reported = rates.expected and rates.source_code <> 'mixed' then rates.source_code else '' end as basis,
    coalesce(rates.is_doubtful, false) as is_doubtful,
    case when rates.source_code <> 'declared' then rates.reported end as reported_count,
    case when rates.source_code <> 'declared' then rates.expected end as expected_count
from years
left join rates on years.fiscal_year = rates.fiscal_year
order by years.fiscal_year

-- Headline figures and rates of a region in a year, with the change on the year before: as its consolidated report has
-- them, else added up from its members; and what its members of each level add up to.
-- grain: fiscal_year, region_agency_id, member_level_code, metric_id
with headlines as (
    select * from {{ ref('int_regions__headlines') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

sums as (
    {{ metric_sum_rows('headlines', [
        'region_code', 'fiscal_year', 'member_level_code', 'source_code', 'expected_count', 'first_form', 'last_form'
    ]) }}
),

valued as (
    select
        sums.*,
        metrics.kind,
        metrics.is_comparable_over_forms,
        -- Where forms differ in what they count, their figures are no sum.
        case
            when not metrics.is_comparable_over_forms and sums.first_form <> sums.last_form then 'mixed_forms'
            when sums.reported_count = 0 then 'not_available'
            when metrics.kind = 'rate' and sums.denominator <= 0 then 'no_cases'
            when sums.source_code = 'declared' then 'declared'
            when sums.reported_count = sums.expected_count then 'complete'
            else 'partial'
        end as status
    from sums
    inner join metrics on sums.metric_id = metrics.metric_id
),

measured as (
    select
        *,
        case
            when status not in ('declared', 'complete', 'partial') then null
            when kind = 'rate' then cast(numerator as double) / cast(denominator as double)
            else cast(numerator as double)
        end as metric_value
    from valued
),

-- A sum that lacks members is no base, and none is compared with what a consolidated report declares.
compared as (
    select
        measured.*,
        previous.metric_value as previous_value,
        case
            when measured.metric_value is null or previous.metric_value is null then 'not_available'
            when measured.source_code <> previous.source_code then 'other_source'
            when measured.status = 'partial' or previous.status = 'partial' then 'partial'
            when not measured.is_comparable_over_forms and measured.last_form <> previous.last_form then 'other_form'
            when measured.kind = 'count' and previous.metric_value = 0 then 'base_zero'
            else 'comparable'
        end as change_status
    from measured
    left join measured as previous
        on
            measured.region_code = previous.region_code
            and measured.member_level_code = previous.member_level_code
            and measured.metric_id = previous.metric_id
            and measured.fiscal_year = previous.fiscal_year + 1
)

select
    compared.fiscal_year,
    compared.region_code as region_agency_id,
    compared.member_level_code,
    compared.metric_id,
    agencies.agency_name as region_name,
    agencies.level_code as region_level_code,
    agencies.is_sample,
    compared.source_code,
    compared.metric_value,
    case when compared.status not in ('mixed_forms', 'not_available') then compared.numerator end as numerator,
    case when compared.status not in ('mixed_forms', 'not_available') then compared.denominator end as denominator,
    compared.status,
    compared.is_doubtful,
    case when compared.source_code = 'computed' then compared.reported_count end as reported_count,
    cast(case when compared.source_code = 'computed' then compared.expected_count end as integer) as expected_count,
    compared.previous_value,
    case
        when compared.change_status = 'comparable' and compared.kind = 'count'
            then (compared.metric_value - compared.previous_value) / compared.previous_value
    end as change_rate,
    case
        when compared.change_status = 'comparable' and compared.kind = 'rate'
            then 100 * (compared.metric_value - compared.previous_value)
    end as change_points,
    compared.change_status
from compared
inner join agencies on compared.region_code = agencies.agency_id

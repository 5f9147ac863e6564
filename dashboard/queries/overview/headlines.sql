-- The headline figures of a year, summed over the reports that may be added up, with coverage; and how they changed among
-- the agencies whose figure is known in both years. A rate changes in percentage points.
-- grain: measure_code
with summable as (
    select report_id
    from marts.summable_reports
    where
        fiscal_year between $fiscal_year - 1 and $fiscal_year
        and scope_code = $scope
        and (scope_code = 'own' or province_agency_id is not null)
),

figures as (
    select
        agency_id,
        fiscal_year,
        form_version,
        unnest(
            [
                row(1, 'new_count', new_count, null::decimal(24, 6), new_count_status, new_count_is_doubtful),
                row(2, 'closed_count', closed_count, null, closed_count_status, closed_count_is_doubtful),
                row(
                    3, 'disclosure_rate', disclosure_rate_numerator, disclosure_rate_denominator,
                    disclosure_rate_status, disclosure_rate_is_doubtful
                ),
                row(4, 'carried_out_count', carried_out_count, null, carried_out_count_status, carried_out_count_is_doubtful),
                row(
                    5, 'denial_rate', denial_rate_numerator, denial_rate_denominator,
                    denial_rate_status, denial_rate_is_doubtful
                ),
                row(
                    6, 'unable_rate', unable_rate_numerator, unable_rate_denominator,
                    unable_rate_status, unable_rate_is_doubtful
                ),
                row(
                    7, 'reconsideration_count', reconsideration_count, null,
                    reconsideration_count_status, reconsideration_count_is_doubtful
                ),
                row(8, 'litigation_count', litigation_count, null, litigation_count_status, litigation_count_is_doubtful)
            ]::struct(
                measure_no integer,
                measure_code varchar,
                figure decimal(24, 6),
                denominator decimal(24, 6),
                status varchar,
                is_doubtful boolean
            )[],
            recursive := true
        )
    from marts.agency_year
    where is_sample = $is_sample and report_id in (select summable.report_id from summable)
),

-- A measure of one agency in both years.
pairs as (
    select
        agency_id,
        measure_code,
        measure_code like '%_rate' as is_rate,
        any_value(measure_no) as measure_no,
        any_value(status) filter (fiscal_year = $fiscal_year) as status,
        bool_or(is_doubtful) filter (fiscal_year = $fiscal_year) as is_doubtful,
        max(figure) filter (fiscal_year = $fiscal_year and is_known) as figure,
        max(denominator) filter (fiscal_year = $fiscal_year and is_known) as denominator,
        max(figure) filter (fiscal_year < $fiscal_year and is_known) as last_figure,
        max(denominator) filter (fiscal_year < $fiscal_year and is_known) as last_denominator,
        count(distinct form_version) = 1 as is_one_form
    from (select *, status in ('reported', 'derived') as is_known from figures) as known
    group by agency_id, measure_code
),

compared as (
    select
        pairs.*,
        pairs.figure is not null
        and pairs.last_figure is not null
        and (metric.is_comparable_over_forms or pairs.is_one_form) as is_compared
    from pairs
    inner join reference.metrics as metric on pairs.measure_code = metric.metric_id
    where pairs.status is not null
)

select
    measure_code,
    is_rate,
    sum(figure) as figure,
    sum(denominator) as denominator,
    count(figure) as reports_with_value,
    count(*) filter (status = 'derived') as reports_derived,
    count(*) filter (status = 'no_cases') as reports_without_cases,
    count(*) filter (is_doubtful and figure is not null) as reports_doubtful,
    count(*) as reports,
    sum(figure) / nullif(sum(denominator), 0) as rate,
    count(*) filter (is_compared) as reports_compared,
    case
        when not is_rate then sum(figure - last_figure) filter (is_compared) / nullif(sum(last_figure) filter (is_compared), 0)
    end as change_rate,
    case
        when is_rate then
            100 * (
                sum(figure) filter (is_compared) / nullif(sum(denominator) filter (is_compared), 0)
                - sum(last_figure) filter (is_compared) / nullif(sum(last_denominator) filter (is_compared), 0)
            )
    end as change_points
from compared
group by measure_code, is_rate
order by any_value(measure_no)

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

measures as (
    select
        *,
        status in ('reported', 'derived') as is_known,
        measure_code like '%_rate' as is_rate
    from figures
),

of_year as (
    select
        measure_code,
        measure_no,
        is_rate,
        sum(figure) filter (is_known) as figure,
        sum(denominator) filter (is_known) as denominator,
        count(*) filter (is_known) as reports_with_value,
        count(*) filter (status = 'derived') as reports_derived,
        count(*) filter (status = 'no_cases') as reports_without_cases,
        count(*) filter (is_doubtful and is_known) as reports_doubtful,
        count(*) as reports
    from measures
    where fiscal_year = $fiscal_year
    group by measure_code, measure_no, is_rate
),

compared as (
    select
        this.measure_code,
        count(*) as reports_compared,
        sum(this.figure) as figure,
        sum(this.denominator) as denominator,
        sum(last.figure) as last_figure,
        sum(last.denominator) as last_denominator
    from measures as this
    inner join measures as last
        on
            this.agency_id = last.agency_id
            and this.measure_code = last.measure_code
            and this.fiscal_year = last.fiscal_year + 1
    inner join reference.metrics as metric on this.measure_code = metric.metric_id
    where
        this.is_known
        and last.is_known
        and (metric.is_comparable_over_forms or this.form_version = last.form_version)
    group by this.measure_code
)

select
    of_year.* exclude (measure_no),
    of_year.figure / nullif(of_year.denominator, 0) as rate,
    coalesce(compared.reports_compared, 0) as reports_compared,
    case when not of_year.is_rate then (compared.figure - compared.last_figure) / nullif(compared.last_figure, 0) end
        as change_rate,
    case
        when of_year.is_rate then
            100 * (
                compared.figure / nullif(compared.denominator, 0)
                - compared.last_figure / nullif(compared.last_denominator, 0)
            )
    end as change_points
from of_year
left join compared on of_year.measure_code = compared.measure_code
order by of_year.measure_no

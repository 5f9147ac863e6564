-- Sums of the headline figures over the reports of one year and scope, real or sample ones, with coverage.
-- A report already contained in another consolidated report of the same year is left out: it would count twice.
-- grain: measure_code
with recursive reports as (
    select *
    from marts.agency_year
    where fiscal_year = $fiscal_year and is_sample = $is_sample
),

ancestors as (
    select
        agency.agency_id,
        agency.parent_agency_id as ancestor_id
    from marts.dim_agency as agency
    where agency.parent_agency_id is not null and agency.agency_id in (select report.agency_id from reports as report)
    union
    select
        ancestors.agency_id,
        parent.parent_agency_id as ancestor_id
    from ancestors
    inner join marts.dim_agency as parent on ancestors.ancestor_id = parent.agency_id
    where parent.parent_agency_id is not null
),

contained as (
    select distinct report.report_id
    from reports as report
    inner join ancestors on report.agency_id = ancestors.agency_id
    inner join reports as whole on ancestors.ancestor_id = whole.agency_id and whole.scope_code = 'consolidated'
    where report.scope_code = 'consolidated'
),

counted as (
    select *
    from reports
    where scope_code = $scope and report_id not in (select contained.report_id from contained)
),

figures as (
    select
        unnest(
            [
                {
                    'measure_no': 1,
                    'measure_code': 'new_count',
                    'figure': new_count,
                    'denominator': cast(null as decimal(24, 6)),
                    'status': new_count_status,
                    'is_doubtful': new_count_is_doubtful
                },
                {
                    'measure_no': 2,
                    'measure_code': 'closed_count',
                    'figure': closed_count,
                    'denominator': cast(null as decimal(24, 6)),
                    'status': closed_count_status,
                    'is_doubtful': closed_count_is_doubtful
                },
                {
                    'measure_no': 3,
                    'measure_code': 'disclosure_rate',
                    'figure': disclosure_rate_numerator,
                    'denominator': disclosure_rate_denominator,
                    'status': disclosure_rate_status,
                    'is_doubtful': disclosure_rate_is_doubtful
                },
                {
                    'measure_no': 4,
                    'measure_code': 'carried_out_count',
                    'figure': carried_out_count,
                    'denominator': cast(null as decimal(24, 6)),
                    'status': carried_out_count_status,
                    'is_doubtful': carried_out_count_is_doubtful
                },
                {
                    'measure_no': 5,
                    'measure_code': 'denial_rate',
                    'figure': denial_rate_numerator,
                    'denominator': denial_rate_denominator,
                    'status': denial_rate_status,
                    'is_doubtful': denial_rate_is_doubtful
                },
                {
                    'measure_no': 6,
                    'measure_code': 'unable_rate',
                    'figure': unable_rate_numerator,
                    'denominator': unable_rate_denominator,
                    'status': unable_rate_status,
                    'is_doubtful': unable_rate_is_doubtful
                },
                {
                    'measure_no': 7,
                    'measure_code': 'reconsideration_count',
                    'figure': reconsideration_count,
                    'denominator': cast(null as decimal(24, 6)),
                    'status': reconsideration_count_status,
                    'is_doubtful': reconsideration_count_is_doubtful
                },
                {
                    'measure_no': 8,
                    'measure_code': 'litigation_count',
                    'figure': litigation_count,
                    'denominator': cast(null as decimal(24, 6)),
                    'status': litigation_count_status,
                    'is_doubtful': litigation_count_is_doubtful
                }
            ]
        ) as measure
    from counted
),

measures as (
    select
        measure['measure_no'] as measure_no,
        measure['measure_code'] as measure_code,
        measure['figure'] as figure,
        measure['denominator'] as denominator,
        measure['status'] as figure_status,
        measure['is_doubtful'] as is_doubtful,
        measure['status'] in ('reported', 'derived') as is_known
    from figures
)

select
    measure_code,
    measure_code like '%_rate' as is_rate,
    sum(figure) filter (is_known) as figure,
    sum(denominator) filter (is_known) as denominator,
    sum(figure) filter (is_known) / nullif(sum(denominator) filter (is_known), 0) as rate,
    count(*) filter (is_known) as reports_with_value,
    count(*) filter (figure_status = 'derived') as reports_derived,
    count(*) filter (figure_status = 'no_cases') as reports_without_cases,
    count(*) filter (is_doubtful and is_known) as reports_doubtful,
    count(*) as reports
from measures
group by measure_code, measure_no
order by measure_no

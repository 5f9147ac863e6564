-- The counts of a region add up, and a prefecture's hold every agency in it once.
with counted as (
    select
        fiscal_year,
        division_code,
        sum(expected_count) as expected_count,
        sum(report_count) as report_count,
        sum(in_time_count + late_count + unknown_date_count) as dated_count,
        sum(set_aside_count + in_review_count + not_due_count + missing_count) as absent_count
    from {{ ref('region_coverage') }}
    group by fiscal_year, division_code
),

listed as (
    select
        status.fiscal_year,
        divisions.prefecture_code as division_code,
        count(*) as expected_count
    from {{ ref('reporting_status') }} as status
    inner join {{ ref('int_agencies__divisions') }} as divisions on status.division_code = divisions.division_code
    group by status.fiscal_year, divisions.prefecture_code
)

select counted.*
from counted
left join listed
    on
        counted.fiscal_year = listed.fiscal_year
        and counted.division_code = listed.division_code
where
    counted.report_count <> counted.dated_count
    or counted.expected_count <> counted.report_count + counted.absent_count
    or counted.expected_count <> coalesce(listed.expected_count, counted.expected_count)

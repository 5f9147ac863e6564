-- Of a region's agencies expected to report for a year how many did, how many in time: by level and type of organ. The
-- counts of a region contain those of the regions in it.
-- grain: fiscal_year, division_code, level_code, organ_type_code
with reporting_status as (
    select
        *,
        status = 'unknown_date' and signed_on <= due_on as is_signed_in_time
    from {{ ref('reporting_status') }}
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
),

-- A region of which only the government's report is expected, as part of the province's, has no coverage of its own.
regions as (
    select * from {{ ref('int_agencies__expected_divisions') }}
    where is_with_organs and level_code <> 'township'
)

select
    regions.fiscal_year,
    regions.division_code,
    reporting_status.level_code,
    reporting_status.organ_type_code,
    reporting_status.is_sample,
    cast(count(*) as integer) as expected_count,
    cast(count(reporting_status.report_id) as integer) as report_count,
    cast(count(case when reporting_status.status = 'reported' then 1 end) as integer) as in_time_count,
    cast(count(case when reporting_status.status = 'late' then 1 end) as integer) as late_count,
    cast(count(case when reporting_status.status = 'unknown_date' then 1 end) as integer) as unknown_date_count,
    cast(count(case when reporting_status.is_signed_in_time then 1 end) as integer) as signed_in_time_count,
    cast(count(case when reporting_status.status = 'set_aside' then 1 end) as integer) as set_aside_count,
    cast(count(case when reporting_status.status = 'in_review' then 1 end) as integer) as in_review_count,
    cast(count(case when reporting_status.status = 'not_due' then 1 end) as integer) as not_due_count,
    cast(count(case when reporting_status.status = 'missing' then 1 end) as integer) as missing_count
from reporting_status
inner join divisions on reporting_status.division_code = divisions.division_code
inner join regions
    on
        reporting_status.fiscal_year = regions.fiscal_year
        and regions.division_code in (divisions.county_code, divisions.prefecture_code, divisions.province_code)
group by
    regions.fiscal_year,
    regions.division_code,
    reporting_status.level_code,
    reporting_status.organ_type_code,
    reporting_status.is_sample

-- How many of a region's organs reported, year by year; all in it, its own government included. grain: fiscal_year
with recursive inside as (
    select agency_id
    from marts.dim_agency
    where agency_id = $region
    union all
    select child.agency_id
    from inside
    inner join marts.dim_agency as child on inside.agency_id = child.parent_agency_id
)

select
    expected.fiscal_year,
    count(*) as expected_count,
    count(expected.report_id) as report_count,
    count(*) filter (expected.status = 'reported') as reported,
    count(*) filter (expected.status = 'late') as late,
    count(*) filter (expected.status = 'unknown_date') as unknown_date,
    count(*) filter (expected.status = 'set_aside') as set_aside,
    count(*) filter (expected.status = 'in_review') as in_review,
    count(*) filter (expected.status = 'not_due') as not_due,
    count(*) filter (expected.status = 'missing') as missing,
    max(expected.days_late) as days_late
from marts.reporting_status as expected
inner join inside on expected.agency_id = inside.agency_id
group by expected.fiscal_year
order by expected.fiscal_year

-- How many of all agencies expected reported, year by year, real or sample ones. grain: fiscal_year
select
    fiscal_year,
    count(*) as expected_count,
    count(report_id) as report_count,
    count(report_id) / count(*) as report_share,
    count(*) filter (status = 'reported') as reported,
    count(*) filter (status = 'late') as late,
    count(*) filter (status = 'unknown_date') as unknown_date,
    count(*) filter (status = 'set_aside') as set_aside,
    count(*) filter (status = 'in_review') as in_review,
    count(*) filter (status = 'not_due') as not_due,
    count(*) filter (status = 'missing') as missing
from marts.reporting_status
where is_sample = $is_sample
group by fiscal_year
order by fiscal_year desc

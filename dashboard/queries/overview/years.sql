-- Fiscal years with a current report, latest first. grain: fiscal_year
select
    fiscal_year,
    count(*) as reports
from marts.dim_report
where fiscal_year is not null and is_sample = $is_sample
group by fiscal_year
order by fiscal_year desc

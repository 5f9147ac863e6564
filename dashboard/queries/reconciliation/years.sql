-- Fiscal years with a finding or a verdict, latest first. grain: fiscal_year
select distinct fiscal_year
from marts.dim_report
where fiscal_year is not null and is_sample = $is_sample
order by fiscal_year desc

-- Years of which figures or expected reports are known, latest first. grain: fiscal_year
select fiscal_year
from marts.reporting_status
where is_sample = $is_sample
union
select fiscal_year
from marts.region_year
where is_sample = $is_sample
order by fiscal_year desc

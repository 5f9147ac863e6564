-- The first and the last year of which reports are at hand, real or sample ones: the span of the pages through the years.
-- grain: one row
select
    min(fiscal_year) as first_year,
    max(fiscal_year) as last_year
from marts.dim_report
where is_sample = $is_sample

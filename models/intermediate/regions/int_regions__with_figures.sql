-- Regions and years that have anything to be added up, in themselves or below.
-- grain: fiscal_year, region_code
with reports as (
    select * from {{ ref('int_regions__reports') }}
    where role_code = 'counted'
),

reach as (
    select * from {{ ref('int_regions__reach') }}
    where is_added
)

select distinct
    reach.fiscal_year,
    reach.region_code
from reports
inner join reach
    on
        reports.home_code = reach.home_code
        and reports.fiscal_year = reach.fiscal_year

-- The reports that may be added up, one row each, with the county, prefecture and province it is added up for. Facts
-- joined to it on report_id and grouped by one of the three count nothing twice: no two reports with the same county,
-- prefecture or province and year hold the same figures.
-- grain: report_id
with memberships as (
    select * from {{ ref('int_regions__memberships') }}
    where is_counted
),

regions as (
    select * from {{ ref('int_agencies__agencies') }}
)

select
    memberships.report_id,
    memberships.agency_id,
    memberships.fiscal_year,
    memberships.scope_code,
    max(case when regions.level_code = 'county' then memberships.region_code end) as county_agency_id,
    max(case when regions.level_code = 'prefecture' then memberships.region_code end) as prefecture_agency_id,
    max(case when regions.level_code = 'province' then memberships.region_code end) as province_agency_id
from memberships
inner join regions on memberships.region_code = regions.agency_id
group by
    memberships.report_id,
    memberships.agency_id,
    memberships.fiscal_year,
    memberships.scope_code

-- What a consolidated report must contain as far as it is at hand: the reports that are added up for its region, each
-- agency once, and how many there should be.
-- grain: report_id, member_report_id
{{ config(tags=['published']) }}

with region_years as (
    select * from {{ ref('int_regions__years') }}
),

memberships as (
    select * from {{ ref('int_regions__memberships') }}
    where is_counted
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
)

select
    region_years.declared_report_id as report_id,
    memberships.report_id as member_report_id,
    memberships.agency_id as member_agency_id,
    agencies.agency_name_zh as member_name,
    region_years.expected_count as expected_member_count
from region_years
inner join memberships
    on
        region_years.region_code = memberships.region_code
        and region_years.fiscal_year = memberships.fiscal_year
inner join agencies on memberships.agency_id = agencies.agency_id
where region_years.declared_report_id is not null

-- Regions and years of which any report is known: the consolidated report, how many members are added up, and how many
-- there should be.
-- grain: region_code, fiscal_year

with reach as (
    select distinct
        region_code,
        fiscal_year
    from {{ ref('int_regions__reach') }}
),

memberships as (
    select
        region_code,
        fiscal_year,
        sum(cast(is_counted as integer)) as counted_count,
        sum(cast(is_expected as integer)) as expected_count
    from {{ ref('int_regions__memberships') }}
    where is_expected
    group by region_code, fiscal_year
),

wholes as (
    select * from {{ ref('int_regions__reports') }}
    where is_whole
)

select
    reach.region_code,
    reach.fiscal_year,
    wholes.report_id as declared_report_id,
    cast(coalesce(memberships.counted_count, 0) as integer) as counted_count,
    cast(coalesce(memberships.expected_count, 0) as integer) as expected_count
from reach
left join memberships
    on
        reach.region_code = memberships.region_code
        and reach.fiscal_year = memberships.fiscal_year
left join wholes
    on
        reach.region_code = wholes.agency_id
        and reach.fiscal_year = wholes.fiscal_year

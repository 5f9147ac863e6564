-- Every agency that a region's consolidated report must contain: its reports and what becomes of them in sums, and
-- those expected that have none. Each stands in its home, the region right above it.
-- grain: fiscal_year, home_code, agency_id, report_id
{{ config(tags=['published']) }}

with reports as (
    select * from {{ ref('int_regions__reports') }}
),

reach as (
    select * from {{ ref('int_regions__reach') }}
),

with_figures as (
    select * from {{ ref('int_regions__with_figures') }}
),

absent as (
    select * from {{ ref('int_regions__absent') }}
),

region_years as (
    select
        fiscal_year,
        region_code
    from reach
    group by fiscal_year, region_code
),

all_members as (
    select
        fiscal_year,
        home_code,
        agency_id,
        report_id,
        scope_code,
        role_code,
        covering_agency_id,
        cast(null as varchar) as reason_code,
        is_of_region,
        is_account_known,
        true as is_listed
    from reports
    where home_code is not null

    union all

    select
        absent.fiscal_year,
        absent.home_code,
        absent.agency_id,
        cast(null as bigint) as report_id,
        cast(null as varchar) as scope_code,
        absent.role_code,
        cast(null as varchar) as covering_agency_id,
        absent.reason_code,
        false as is_of_region,
        false as is_account_known,
        absent.is_listed
    from absent
    inner join region_years
        on
            absent.home_code = region_years.region_code
            and absent.fiscal_year = region_years.fiscal_year
)

select
    all_members.fiscal_year,
    all_members.home_code,
    all_members.agency_id,
    all_members.report_id,
    all_members.scope_code,
    all_members.role_code,
    all_members.covering_agency_id,
    all_members.reason_code,
    -- Of an agency that is counted, or looked for in its members, nothing more is expected.
    all_members.role_code in ('counted', 'missing', 'same_area')
    or (all_members.role_code = 'set_aside' and all_members.is_listed)
    or (
        all_members.role_code = 'unknown_scope'
        and not all_members.is_account_known
        and not (all_members.is_of_region and own_figures.region_code is not null)
    ) as is_expected,
    home_figures.region_code is not null as is_home_with_figures
from all_members
left join with_figures as home_figures
    on
        all_members.home_code = home_figures.region_code
        and all_members.fiscal_year = home_figures.fiscal_year
left join with_figures as own_figures
    on
        all_members.agency_id = own_figures.region_code
        and all_members.fiscal_year = own_figures.fiscal_year

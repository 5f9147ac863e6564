-- Agencies expected to report of which there is no report to be used, and others of which one was set aside. A
-- government without a consolidated report is looked for in its members, where any of them reported.
-- grain: fiscal_year, agency_id
with reports as (
    select * from {{ ref('int_regions__reports') }}
),

expected_reporters as (
    select * from {{ ref('int_agencies__expected_reporters') }}
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

with_figures as (
    select * from {{ ref('int_regions__with_figures') }}
),

set_aside as (
    select
        agency_id,
        fiscal_year,
        min(reason_code) as reason_code
    from {{ ref('int_documents__status') }}
    where status in ('set_aside', 'quarantined')
    group by agency_id, fiscal_year
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

awaited as (
    select
        fiscal_year,
        agency_id,
        parent_agency_id,
        true as is_listed
    from expected_reporters

    union all

    select
        set_aside.fiscal_year,
        set_aside.agency_id,
        agencies.parent_agency_id,
        false as is_listed
    from set_aside
    inner join agencies on set_aside.agency_id = agencies.agency_id
    left join expected_reporters
        on
            set_aside.agency_id = expected_reporters.agency_id
            and set_aside.fiscal_year = expected_reporters.fiscal_year
    where expected_reporters.agency_id is null
),

accounts as (
    select distinct
        fiscal_year,
        account_id
    from reports
),

wholes as (
    select
        agency_id,
        fiscal_year
    from reports
    where is_whole
)

select
    awaited.fiscal_year,
    awaited.agency_id,
    case when places.level_code = 'township' then places.parent_division_code else places.division_code end
        as home_code,
    case
        when with_figures.region_code is not null then 'in_parts'
        when set_aside.agency_id is not null then 'set_aside'
        else 'missing'
    end as role_code,
    case when with_figures.region_code is null then set_aside.reason_code end as reason_code,
    awaited.is_listed
from awaited
inner join places on awaited.parent_agency_id = places.division_code
left join with_figures
    on
        awaited.agency_id = with_figures.region_code
        and awaited.fiscal_year = with_figures.fiscal_year
left join wholes
    on
        awaited.agency_id = wholes.agency_id
        and awaited.fiscal_year = wholes.fiscal_year
left join accounts
    on
        awaited.agency_id = accounts.account_id
        and awaited.fiscal_year = accounts.fiscal_year
left join set_aside
    on
        awaited.agency_id = set_aside.agency_id
        and awaited.fiscal_year = set_aside.fiscal_year
where
    wholes.agency_id is null
    and (accounts.account_id is null or with_figures.region_code is not null)

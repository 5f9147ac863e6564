-- What becomes in sums of the accepted reports of agencies that are known. Of one account two are never added: the
-- consolidated report of a department or town contains its own; of a government's own account and its office's the
-- office's is taken. Nor is a zone's report beside those of a division of the same area.
-- grain: report_id
with accounts as (
    select * from {{ ref('int_regions__accounts') }}
),

shared_areas as (
    select * from {{ ref('int_regions__shared_areas') }}
),

ranked as (
    select
        *,
        first_value(agency_id) over by_preference as first_agency_id,
        row_number() over by_preference as preference,
        bool_or(scope_code <> 'unknown') over (partition by account_id, fiscal_year) as is_account_known
    from accounts
    window by_preference as (
        partition by account_id, fiscal_year
        order by scope_code = 'unknown', scope_code = 'consolidated' desc, agency_id = account_id desc
    )
),

-- What the organs of a town report is in the report of the whole town.
whole_towns as (
    select
        agency_id,
        fiscal_year
    from accounts
    where scope_code = 'consolidated' and agency_id = division_code and is_of_town
)

select
    ranked.report_id,
    ranked.agency_id,
    ranked.fiscal_year,
    ranked.scope_code,
    ranked.home_code,
    ranked.account_id,
    case
        when ranked.scope_code = 'unknown' then 'unknown_scope'
        when ranked.preference > 1 and ranked.first_agency_id <> ranked.agency_id then 'same_account'
        when ranked.preference > 1 or whole_towns.agency_id is not null then 'covered'
        when ranked.is_whole and shared_areas.zone_code is not null then 'same_area'
        else 'counted'
    end as role_code,
    case
        when ranked.scope_code = 'unknown' then null
        when ranked.preference > 1 then ranked.first_agency_id
        when whole_towns.agency_id is not null then whole_towns.agency_id
        when ranked.is_whole then shared_areas.division_code
    end as covering_agency_id,
    ranked.is_of_region,
    ranked.is_whole,
    ranked.is_account_known
from ranked
left join whole_towns
    on
        ranked.division_code = whole_towns.agency_id
        and ranked.agency_id <> whole_towns.agency_id
        and ranked.fiscal_year = whole_towns.fiscal_year
left join shared_areas
    on
        ranked.division_code = shared_areas.zone_code
        and ranked.fiscal_year = shared_areas.fiscal_year

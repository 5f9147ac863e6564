-- Accepted reports of agencies that are known: the region each is a part of, and whether it is to be added up.
-- Of one account two reports are never added: the consolidated report of a department or town contains its own; the
-- government's own account is kept by its office, so of these two the office's is taken.
-- grain: report_id
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
    where match_status = 'resolved'
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

placed as (
    select
        reports.report_id,
        reports.agency_id,
        reports.fiscal_year,
        reports.scope as scope_code,
        agencies.division_code,
        agencies.official_order = 0 and places.level_code <> 'township' as is_of_region,
        agencies.official_order = 0 and places.level_code <> 'township' and reports.scope = 'consolidated' as is_whole,
        places.level_code = 'township' as is_of_town,
        places.parent_division_code
    from reports
    inner join agencies on reports.agency_id = agencies.agency_id
    inner join places on agencies.division_code = places.division_code
),

accounts as (
    select
        *,
        case when is_whole or is_of_town then parent_division_code else division_code end as home_code,
        case when is_of_region and scope_code = 'own' then division_code || '-office' else agency_id end as account_id
    from placed
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
    from placed
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
        else 'counted'
    end as role_code,
    case
        when ranked.scope_code = 'unknown' then null
        when ranked.preference > 1 then ranked.first_agency_id
        else whole_towns.agency_id
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

-- Accepted reports of agencies that are known, with the region each is a part of and the account it is a report of:
-- what a government reports of itself alone is its office's account.
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
)

select
    *,
    case when is_whole or is_of_town then parent_division_code else division_code end as home_code,
    case when is_of_region and scope_code = 'own' then division_code || '-office' else agency_id end as account_id
from placed

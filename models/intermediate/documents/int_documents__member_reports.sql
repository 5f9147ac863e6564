-- The reports of the agencies right below the one of a consolidated report, for the same year: what it must contain.
-- One report a member, consolidated before unknown before own: each is a part of the whole, two would count twice.
-- grain: report_id, member_report_id
{{ config(tags=['published']) }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

ranked as (
    select
        reports.report_id,
        reports.agency_id,
        reports.fiscal_year,
        agencies.parent_agency_id,
        agencies.agency_name_zh,
        row_number() over (
            partition by reports.agency_id, reports.fiscal_year
            order by case reports.scope when 'consolidated' then 1 when 'own' then 3 else 2 end, reports.report_id
        ) as preference
    from reports
    inner join agencies on reports.agency_id = agencies.agency_id
)

select
    reports.report_id,
    ranked.report_id as member_report_id,
    ranked.agency_id as member_agency_id,
    ranked.agency_name_zh as member_name
from reports
inner join ranked
    on
        reports.agency_id = ranked.parent_agency_id
        and reports.fiscal_year = ranked.fiscal_year
        and ranked.preference = 1
where reports.scope = 'consolidated'

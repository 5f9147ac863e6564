-- Who a region's consolidated report is put together from, year by year: the reports that are added up, those that are
-- not and why, and the agencies that have none.
-- grain: region_agency_id, fiscal_year, agency_id, report_id
{{ config(materialized='view') }}

with memberships as (
    select * from {{ ref('int_regions__memberships') }}
),

unresolved as (
    select * from {{ ref('int_regions__unresolved') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

members as (
    select
        region_code,
        fiscal_year,
        agency_id,
        report_id,
        scope_code,
        role_code,
        covering_agency_id,
        reason_code,
        is_expected
    from memberships

    union all

    select
        region_code,
        fiscal_year,
        agency_id,
        report_id,
        scope_code,
        'unresolved' as role_code,
        null as covering_agency_id,
        reason_code,
        false as is_expected
    from unresolved
)

select
    members.region_code as region_agency_id,
    members.fiscal_year,
    members.agency_id,
    agencies.agency_name,
    agencies.level_code,
    agencies.organ_type_code,
    members.report_id,
    members.scope_code,
    members.role_code,
    members.covering_agency_id,
    members.reason_code,
    members.is_expected
from members
inner join agencies on members.agency_id = agencies.agency_id

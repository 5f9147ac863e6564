-- Members of every region whatever stands between: added up, in the report of a region between, unknown, missing. A
-- region below that has no consolidated report gives its members in its stead, what is missing there included.
-- grain: region_code, fiscal_year, agency_id, report_id
{{ config(materialized='view', tags=['published']) }}

with members as (
    select * from {{ ref('int_regions__members') }}
),

reach as (
    select * from {{ ref('int_regions__reach') }}
)

select
    reach.region_code,
    reach.fiscal_year,
    members.agency_id,
    members.report_id,
    members.scope_code,
    case
        when reach.is_added then members.role_code
        when reach.shared_code is not null then 'same_area'
        else 'covered'
    end as role_code,
    case
        when reach.is_added then members.covering_agency_id
        else coalesce(reach.shared_code, reach.covering_region_code)
    end as covering_agency_id,
    members.reason_code,
    members.home_code,
    reach.is_added and members.role_code = 'counted' as is_counted,
    -- A region whose own report is of unknown scope is not its own member. Whether a zone is in the sum by way of the
    -- division of its area nobody says, so that the sum is never complete.
    (reach.is_added or (reach.shared_code is not null and members.role_code = 'counted'))
    and members.is_expected
    and not (members.role_code = 'unknown_scope' and members.agency_id = reach.region_code) as is_expected
from members
inner join reach
    on
        members.home_code = reach.home_code
        and members.fiscal_year = reach.fiscal_year
where
    members.report_id is not null
    or (reach.is_added and (reach.steps_up = 0 or members.is_home_with_figures))

-- Reports under a name that cannot be told for certain, in every region that all evidence leaves possible.
-- grain: region_code, fiscal_year, report_id
{{ config(tags=['published']) }}

with matches as (
    select * from {{ ref('int_agencies__matches') }}
    where match_status <> 'resolved'
),

candidates as (
    select * from {{ ref('int_agencies__candidates') }}
    where is_possible
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

lineage as (
    select * from {{ ref('int_regions__lineage') }}
)

select distinct
    lineage.region_code,
    reports.fiscal_year,
    reports.agency_id,
    reports.report_id,
    reports.scope as scope_code,
    matches.reason_code
from reports
inner join matches on reports.document_id = matches.document_id
inner join candidates on reports.document_id = candidates.document_id
inner join places on candidates.division_code = places.division_code
inner join lineage
    on
        case when places.level_code = 'township' then places.parent_division_code else places.division_code end
        = lineage.division_code

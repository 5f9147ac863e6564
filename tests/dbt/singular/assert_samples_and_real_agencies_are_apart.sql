-- A sum, a parent or a comparison over both would pass invented figures off as real ones.
select
    agencies.agency_id,
    agencies.parent_agency_id as other_id
from {{ ref('dim_agency') }} as agencies
inner join {{ ref('dim_agency') }} as parents on agencies.parent_agency_id = parents.agency_id
where agencies.is_sample <> parents.is_sample

union all

select
    cast(reports.report_id as varchar) as agency_id,
    cast(parts.report_id as varchar) as other_id
from {{ ref('int_documents__member_reports') }} as members
inner join {{ ref('dim_report') }} as reports on members.report_id = reports.report_id
inner join {{ ref('dim_report') }} as parts on members.member_report_id = parts.report_id
where reports.is_sample <> parts.is_sample

-- The names of agencies that have a report, in the order they are asked for. grain: agency_id
select
    agency_id,
    agency_name as agency_name_zh,
    agency_name_en
from marts.dim_agency
where
    list_contains($agency_ids::varchar[], agency_id)
    and ($is_sample::boolean is null or is_sample = $is_sample::boolean)
    and agency_id in (select report.agency_id from marts.dim_report as report)
order by list_position($agency_ids::varchar[], agency_id)

-- The agencies of a region in a year, each with its part in the sums and why: those that need a look first.
-- grain: agency_id, report_id
select
    member.agency_id,
    member.agency_name as agency_name_zh,
    agency.agency_name_en,
    member.level_code,
    member.report_id,
    member.scope_code as scope,
    member.role_code,
    member.covering_agency_id,
    covering.agency_name as covering_name_zh,
    covering.agency_name_en as covering_name_en,
    member.reason_code,
    member.is_expected,
    report.source_path,
    headline.new_count,
    headline.new_count_status,
    headline.new_count_is_doubtful,
    count(*) over () as members
from marts.region_members as member
inner join marts.dim_agency as agency on member.agency_id = agency.agency_id
left join marts.dim_agency as covering on member.covering_agency_id = covering.agency_id
left join marts.dim_report as report on member.report_id = report.report_id
left join marts.agency_year as headline on member.report_id = headline.report_id
where
    member.region_agency_id = $region
    and member.fiscal_year = $fiscal_year
    and ($role_code::varchar is null or member.role_code = $role_code::varchar)
order by
    case member.role_code when 'counted' then 2 when 'in_parts' then 2 when 'covered' then 3 else 1 end,
    agency.division_code nulls last,
    agency.official_order nulls last,
    member.agency_id,
    member.report_id
limit $row_limit offset $row_offset

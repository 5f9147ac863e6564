-- Agencies with findings. grain: agency_id
select distinct
    agency.agency_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en
from quality.findings as finding
inner join marts.dim_agency as agency on finding.agency_id = agency.agency_id
inner join marts.dim_report as report on finding.report_id = report.report_id
where report.is_sample = $is_sample
order by agency.agency_id
limit $row_limit

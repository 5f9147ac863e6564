-- The organs right below a region, with its own government, and what became of their report each year.
-- grain: agency_id, fiscal_year
select
    expected.agency_id,
    expected.agency_name as agency_name_zh,
    agency.agency_name_en,
    expected.level_code,
    expected.fiscal_year,
    expected.status,
    expected.days_late,
    expected.due_on,
    expected.published_on,
    expected.report_id,
    expected.reported_scope_code,
    expected.reason_code,
    expected.reason
from marts.reporting_status as expected
inner join marts.dim_agency as agency on expected.agency_id = agency.agency_id
where expected.agency_id = $region or expected.parent_agency_id = $region
order by
    expected.agency_id <> $region, agency.division_code, agency.official_order, expected.agency_id, expected.fiscal_year

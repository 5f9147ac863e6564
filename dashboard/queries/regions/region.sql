-- A region's government, its consolidated report of the year and how many members that is put together from.
-- grain: one row
with members as (
    select
        count(*) filter (role_code = 'counted') as members_counted,
        count(*) filter (is_expected) as members_expected
    from marts.region_members
    where region_agency_id = $region and fiscal_year = $fiscal_year
)

select
    agency.agency_id,
    agency.division_name as region_name_zh,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    agency.level_code,
    agency.is_sample,
    report.report_id,
    report.source_path,
    report.table3_form as form_version,
    members.members_counted,
    members.members_expected,
    (
        select count(*)
        from quality.findings as finding
        where finding.agency_id = $region and finding.fiscal_year = $fiscal_year and finding.rule_id = 'LV-PARENT'
    ) as level_findings
from marts.dim_agency as agency
cross join members
left join marts.dim_report as report
    on
        agency.agency_id = report.agency_id
        and report.fiscal_year = $fiscal_year
        and report.scope_code = 'consolidated'
where agency.agency_id = $region

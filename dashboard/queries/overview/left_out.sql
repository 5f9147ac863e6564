-- Reports of a year that no sum above contains: another consolidated report does, or it is not told for whom they speak.
-- grain: report_id
select
    report.report_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    case
        when report.scope_code = 'unknown' then 'unknown_scope'
        when agency.match_status <> 'resolved' then 'unresolved'
        else 'contained'
    end as reason_code,
    count(*) over () as reports
from marts.dim_report as report
inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
left join marts.summable_reports as summable on report.report_id = summable.report_id
where
    report.fiscal_year = $fiscal_year
    and report.is_sample = $is_sample
    and (
        summable.report_id is null
        or (report.scope_code = 'consolidated' and summable.province_agency_id is null)
    )
order by reason_code desc, agency.division_code nulls last, agency.agency_name, report.report_id
limit $row_limit

-- One report: whose it is, what the document is, its headline figures. grain: one row
with report as (
    select
        dim_report.*,
        reporting_status.status,
        coalesce(
            reporting_status.due_on,
            case dim_report.scope_code when 'consolidated' then dim_year.due_on_consolidated else dim_year.due_on_own end
        ) as due_on
    from marts.dim_report
    left join marts.dim_year on dim_report.fiscal_year = dim_year.fiscal_year
    left join marts.reporting_status on dim_report.report_id = reporting_status.report_id
    where dim_report.report_id = $report_id
),

unsettled as (
    select coalesce(sum(equation_count), 0) as equations
    from quality.rule_verdicts
    where report_id = $report_id and verdict = 'not_evaluable'
)

select
    report.report_id,
    report.agency_id,
    report.fiscal_year,
    report.scope_code as scope,
    report.title,
    report.issuer_name,
    report.issuer_evidence,
    report.issuer_line_no,
    report.published_on,
    report.published_evidence,
    report.published_line_no,
    report.scope_evidence,
    report.scope_line_no,
    report.source_path,
    report.is_sample,
    report.sha256,
    report.table2_form as table_2_form_version,
    report.table3_form as table_3_form_version,
    report.table4_form as table_4_form_version,
    report.cells_total,
    report.cells_reported,
    report.due_on,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    agency.division_code,
    agency.level_code as level,
    agency.match_status as resolution,
    agency.parent_agency_id,
    parent.agency_name as parent_name_zh,
    parent.agency_name_en as parent_name_en,
    headline.new_count,
    headline.new_count_status,
    headline.new_count_is_doubtful,
    headline.carried_in_count,
    headline.carried_in_count_status,
    headline.carried_in_count_is_doubtful,
    headline.closed_count,
    headline.closed_count_status,
    headline.closed_count_is_doubtful,
    headline.carried_out_count,
    headline.carried_out_count_status,
    headline.carried_out_count_is_doubtful,
    headline.disclosure_rate,
    headline.disclosure_rate_numerator,
    headline.disclosure_rate_denominator,
    headline.disclosure_rate_status,
    headline.disclosure_rate_is_doubtful,
    headline.denial_rate,
    headline.denial_rate_numerator,
    headline.denial_rate_denominator,
    headline.denial_rate_status,
    headline.denial_rate_is_doubtful,
    headline.unable_rate,
    headline.unable_rate_numerator,
    headline.unable_rate_denominator,
    headline.unable_rate_status,
    headline.unable_rate_is_doubtful,
    headline.carry_over_rate,
    headline.carry_over_rate_numerator,
    headline.carry_over_rate_denominator,
    headline.carry_over_rate_status,
    headline.carry_over_rate_is_doubtful,
    headline.open_hard_findings,
    headline.open_soft_findings,
    unsettled.equations as equations_not_evaluable,
    parent.agency_id in (select reporting.agency_id from marts.dim_report as reporting) as has_parent_report,
    case report.status when 'reported' then 'in_time' when 'late' then 'late' else 'unknown' end as punctuality
from report
cross join unsettled
inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
left join marts.dim_agency as parent on agency.parent_agency_id = parent.agency_id
left join marts.agency_year as headline on report.report_id = headline.report_id

-- The current reports of a year, those that need attention first. grain: report_id
with shown as (
    select
        report.report_id,
        report.agency_id,
        agency.agency_name as agency_name_zh,
        agency.agency_name_en,
        report.fiscal_year,
        report.scope_code as scope,
        report.is_sample,
        report.cells_total,
        report.cells_reported,
        headline.new_count,
        headline.new_count_status,
        headline.new_count_is_doubtful,
        headline.closed_count,
        headline.closed_count_status,
        headline.closed_count_is_doubtful,
        headline.disclosure_rate,
        headline.disclosure_rate_numerator,
        headline.disclosure_rate_denominator,
        headline.disclosure_rate_status,
        headline.disclosure_rate_is_doubtful,
        headline.open_hard_findings,
        headline.open_soft_findings,
        count(*) over () as reports
    from marts.dim_report as report
    inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
    left join marts.agency_year as headline on report.report_id = headline.report_id
    where report.fiscal_year = $fiscal_year and report.is_sample = $is_sample
    order by
        headline.open_hard_findings desc,
        headline.open_soft_findings desc,
        agency.agency_name asc,
        report.scope_code asc,
        report.report_id asc
    limit $row_limit offset $row_offset
),

unsettled as (
    select
        report_id,
        sum(equation_count) as equations_not_evaluable
    from quality.rule_verdicts
    where verdict = 'not_evaluable' and report_id in (select shown.report_id from shown)
    group by report_id
)

select
    shown.*,
    coalesce(unsettled.equations_not_evaluable, 0) as equations_not_evaluable
from shown
left join unsettled on shown.report_id = unsettled.report_id
order by
    shown.open_hard_findings desc,
    shown.open_soft_findings desc,
    shown.agency_name_zh asc,
    shown.scope asc,
    shown.report_id asc

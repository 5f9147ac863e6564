-- The current reports of a year by a column ($sort_by, one without a figure last), or those that need attention first.
-- grain: report_id
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
        count(*) over () as reports,
        row_number() over (
            order by
                case $sort_by::varchar
                    when 'new' then headline.new_count::double
                    when 'closed' then headline.closed_count::double
                    when 'disclosure_rate' then headline.disclosure_rate
                    when 'cells' then report.cells_reported / report.cells_total
                end * case when $is_descending::boolean then -1 else 1 end asc nulls last,
                headline.open_hard_findings desc,
                headline.open_soft_findings desc,
                agency.agency_name asc,
                report.scope_code asc,
                report.report_id asc
        ) as place
    from marts.dim_report as report
    inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
    left join marts.agency_year as headline on report.report_id = headline.report_id
    where report.fiscal_year = $fiscal_year and report.is_sample = $is_sample
    order by place
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
    shown.* exclude (place),
    coalesce(unsettled.equations_not_evaluable, 0) as equations_not_evaluable
from shown
left join unsettled on shown.report_id = unsettled.report_id
order by shown.place

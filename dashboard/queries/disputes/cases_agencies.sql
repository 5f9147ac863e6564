-- Reconsideration and litigation cases of agencies by route and result, as shares of all cases of the route, and beside
-- them how often the route corrected (the same for its four results; of fewer than $few_cases decided cases no rate).
-- $report_ids are the reports of shared/reports. grain: subject_id, route_code, fiscal_year, result_code
with years as (
    select fiscal_year
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

subjects as (
    select agency_id
    from marts.dim_agency
    where list_contains($agency_ids, agency_id)
),

reports as (
    select report_id, agency_id, fiscal_year, scope_code, table4_form
    from marts.dim_report
    where list_contains($report_ids, report_id)
),

cells as (
    select report_id, route_code, result_code, case_count, case_count_status
    from marts.fct_disputes
    where list_contains($report_ids, report_id)
),

routed as (
    select
        report_id,
        route_code,
        case when count(case_count) = count(*) then sum(case_count) end as cases,
        max(case_count) filter (result_code = 'corrected') as corrected,
        case when count(case_count) filter (result_code <> 'pending') = 3 then sum(case_count) filter (result_code <> 'pending') end
            as decided,
        min(case_count_status) filter (case_count is null) as lacking_status,
        min(case_count_status) filter (result_code <> 'pending' and case_count is null) as missing_status
    from cells
    group by report_id, route_code
),

-- Corrected ÷ (upheld + corrected + other), see reference.metrics; cases still pending are left out. The 95 % interval
-- is Wilson's: 1.96² = 3.8416.
rates as (
    select
        *,
        (corrected + 1.9208) / (decided + 3.8416) as middle,
        1.96 * sqrt(corrected * (decided - corrected) / nullif(decided, 0) + 0.9604) / (decided + 3.8416) as half
    from routed
),

doubts as (
    select
        report_id,
        line_code as route_code,
        string_agg(distinct equation_text, '; ' order by equation_text) as doubt_text
    from quality.findings
    where table_no = 4 and severity = 'hard' and status = 'open' and list_contains($report_ids, report_id)
    group by report_id, line_code
)

select
    subjects.agency_id as subject_id,
    routes.route_code,
    years.fiscal_year,
    results.result_code,
    reports.table4_form as form_version,
    reports.report_id,
    reports.scope_code as scope,
    cells.case_count as figure,
    coalesce(cells.case_count_status, 'no_report') as figure_status,
    doubts.report_id is not null as is_doubtful,
    doubts.doubt_text,
    cast(null as integer) as reported_count,
    cast(null as integer) as expected_count,
    rates.cases as denominator,
    case when cells.report_id is null then 'no_report' else coalesce(rates.lacking_status, 'reported') end as denominator_status,
    (cells.case_count / nullif(rates.cases, 0))::double as share,
    coalesce(nullif(reports.scope_code, 'unknown'), '') as basis,
    rates.corrected,
    rates.decided,
    rates.missing_status,
    case when rates.decided >= $few_cases then rates.corrected / rates.decided end::double as correction_rate,
    case when rates.decided >= $few_cases then rates.middle - rates.half end::double as low,
    case when rates.decided >= $few_cases then rates.middle + rates.half end::double as high
from subjects
cross join years
cross join marts.dim_dispute_route as routes
cross join marts.dim_dispute_result as results
left join reports on subjects.agency_id = reports.agency_id and years.fiscal_year = reports.fiscal_year
left join cells
    on
        reports.report_id = cells.report_id
        and routes.route_code = cells.route_code
        and results.result_code = cells.result_code
left join rates on reports.report_id = rates.report_id and routes.route_code = rates.route_code
left join doubts on reports.report_id = doubts.report_id and routes.route_code = doubts.route_code
order by subjects.agency_id, routes.line_no, years.fiscal_year, results.column_no

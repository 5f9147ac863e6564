-- Reconsideration and litigation cases of regions by route and result, regions added up, each from its consolidated
-- report or its members with n of N, as shares of all cases of the route, and beside them how often the route corrected
-- (the same for its four results; of fewer than $few_cases decided cases no rate).
-- grain: route_code, fiscal_year, result_code
with years as (
    select
        dim_year.fiscal_year,
        dim_year.form_in_force
    from marts.dim_year
    where dim_year.fiscal_year between
        (select min(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
        and (select max(report.fiscal_year) from marts.dim_report as report where report.is_sample = $is_sample)
),

cells as (
    select
        fiscal_year,
        line_code as route_code,
        column_code as result_code,
        declared_report_id,
        declared_status,
        declared_report_id is null as is_computed,
        case when declared_report_id is null then member_sum else declared_value end as figure,
        case when declared_report_id is null then reported_count else (declared_value is not null)::integer end as reported,
        case when declared_report_id is null then expected_member_count else 1 end as expected
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 4 and column_code <> 'total'
),

doubts as (
    select
        report_id,
        line_code as route_code,
        string_agg(distinct equation_text, '; ' order by equation_text) as doubt_text
    from quality.findings
    where table_no = 4 and severity = 'hard' and status = 'open'
    group by report_id, line_code
),

sums as (
    select
        cells.fiscal_year,
        cells.route_code,
        cells.result_code,
        string_agg(distinct doubts.doubt_text, '; ') as doubt_text,
        sum(figure) as figure,
        sum(reported)::integer as reported,
        sum(expected)::integer as expected,
        bool_or(is_computed) as is_computed,
        count(distinct is_computed) > 1 as is_mixed,
        case when count(*) = 1 and not bool_or(is_computed) then any_value(declared_status) end as declared_status
    from cells
    left join doubts on cells.declared_report_id = doubts.report_id and cells.route_code = doubts.route_code
    group by cells.fiscal_year, cells.route_code, cells.result_code
),

routed as (
    select
        fiscal_year,
        route_code,
        -- Parts that rest on different numbers of members are no parts of one whole.
        case when count(figure) = 4 and min(reported) = max(reported) then sum(figure) end as cases,
        max(figure) filter (result_code = 'corrected') as corrected,
        case when count(figure) = 4 and min(reported) = max(reported) then sum(figure) filter (result_code <> 'pending') end as decided,
        case
            when count(figure) < 4 then coalesce(min(declared_status) filter (figure is null), 'not_available')
            when min(reported) < max(reported) then 'partial'
        end as missing_status,
        bool_and(reported = expected and not is_mixed) as is_complete
    from sums
    group by fiscal_year, route_code
),

-- Corrected ÷ (upheld + corrected + other), see reference.metrics; cases still pending are left out. The 95 % interval
-- is Wilson's: 1.96² = 3.8416.
rates as (
    select
        *,
        (corrected + 1.9208) / (decided + 3.8416) as middle,
        1.96 * sqrt(corrected * (decided - corrected) / nullif(decided, 0) + 0.9604) / (decided + 3.8416) as half
    from routed
)

select
    'region' as subject_id,
    routes.route_code,
    years.fiscal_year,
    results.result_code,
    years.form_in_force as form_version,
    cast(null as bigint) as report_id,
    case when sums.is_mixed then 'mixed' when sums.is_computed then 'computed' when not sums.is_computed then 'declared' end
        as scope,
    sums.figure,
    case
        when sums.result_code is null then 'no_report'
        when sums.figure is null then coalesce(sums.declared_status, 'not_available')
        when sums.reported < sums.expected then 'partial'
        else 'reported'
    end as figure_status,
    sums.doubt_text is not null as is_doubtful,
    sums.doubt_text,
    case when sums.is_computed then sums.reported end as reported_count,
    case when sums.is_computed then sums.expected end as expected_count,
    rates.cases as denominator,
    case when rates.route_code is null then 'no_report' when rates.cases is null then 'partial' else 'reported' end
        as denominator_status,
    (sums.figure / nullif(rates.cases, 0))::double as share,
    case when not rates.is_complete then '' when sums.is_computed then 'computed' else 'declared' end as basis,
    rates.corrected,
    rates.decided,
    rates.missing_status,
    case when rates.decided >= $few_cases then rates.corrected / rates.decided end::double as correction_rate,
    case when rates.decided >= $few_cases then rates.middle - rates.half end::double as low,
    case when rates.decided >= $few_cases then rates.middle + rates.half end::double as high
from years
cross join marts.dim_dispute_route as routes
cross join marts.dim_dispute_result as results
left join sums
    on
        years.fiscal_year = sums.fiscal_year
        and routes.route_code = sums.route_code
        and results.result_code = sums.result_code
left join rates on years.fiscal_year = rates.fiscal_year and routes.route_code = rates.route_code
order by routes.line_no, years.fiscal_year, results.column_no

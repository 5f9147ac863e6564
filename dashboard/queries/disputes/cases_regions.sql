-- Reconsideration and litigation cases of regions by route and result, regions added up, each from its consolidated
-- report or its members with n of N, as shares of all cases of the route, and beside them how often the route corrected
-- (the same for its four results; of fewer than $few_cases decided cases no rate).
-- grain: route_code, fiscal_year, result_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

sums as (
    select
        fiscal_year,
        line_code as route_code,
        column_code as result_code,
        sum(figure) as figure,
        sum(figure_count)::integer as reported,
        sum(figure_expected_count)::integer as expected,
        sum(doubtful_count)::integer as doubtful,
        case when min(source_code) = max(source_code) then min(source_code) else 'mixed' end as source_code,
        case when count(*) = 1 then min(figure_status) end as only_status,
        case when count(*) = 1 then min(declared_report_id) end as declared_report_id
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 4 and column_code <> 'total'
    group by fiscal_year, line_code, column_code
),

-- Of a sum it is told how many of its reports are in doubt.
doubts as (
    select
        report_id,
        line_code as route_code,
        string_agg(distinct equation_text, '; ' order by equation_text) as doubt_text
    from quality.findings
    where
        table_no = 4
        and severity = 'hard'
        and status = 'open'
        and report_id in (select sums.declared_report_id from sums)
    group by report_id, line_code
),

routed as (
    select
        fiscal_year,
        route_code,
        -- Parts that rest on different numbers of members are no parts of one whole.
        case when count(figure) = 4 and min(reported) = max(reported) then sum(figure) end as cases,
        case when count(figure) < 4 then coalesce(min(only_status) filter (figure is null), 'not_available') end as lacking_status,
        max(figure) filter (result_code = 'corrected') as corrected,
        case
            when
                count(figure) filter (result_code <> 'pending') = 3
                and count(distinct reported) filter (result_code <> 'pending') = 1
                then sum(figure) filter (result_code <> 'pending')
        end as decided,
        case
            when count(figure) filter (result_code <> 'pending') < 3
                then coalesce(min(only_status) filter (result_code <> 'pending' and figure is null), 'not_available')
            when count(distinct reported) filter (result_code <> 'pending') > 1 then 'partial'
        end as missing_status,
        bool_and(reported = expected and source_code <> 'mixed') as is_complete
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
    sums.source_code as scope,
    sums.figure,
    case
        when sums.result_code is null then 'no_report'
        when sums.figure is null then coalesce(sums.only_status, 'not_available')
        when sums.reported < sums.expected then 'partial'
        else 'reported'
    end as figure_status,
    coalesce(sums.doubtful > 0, false) as is_doubtful,
    sums.doubtful as doubtful_count,
    doubts.doubt_text,
    case when sums.source_code <> 'declared' then sums.reported end as reported_count,
    case when sums.source_code <> 'declared' then sums.expected end as expected_count,
    rates.cases as denominator,
    case
        when rates.route_code is null then 'no_report'
        when rates.cases is null then coalesce(rates.lacking_status, 'partial')
        else 'reported'
    end as denominator_status,
    (sums.figure / nullif(rates.cases, 0))::double as share,
    case when rates.is_complete then sums.source_code else '' end as basis,
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
left join doubts on sums.declared_report_id = doubts.report_id and routes.route_code = doubts.route_code
order by routes.line_no, years.fiscal_year, results.column_no

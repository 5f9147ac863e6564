-- How an agency stands among its peers by each metric: those of its level, type and scope that reported for the year,
-- samples among samples. Who is left out is there with the reason, beside the peers it is not among.
-- grain: fiscal_year, agency_id, scope_code, metric_id
with agency_year as (
    select * from {{ ref('agency_year') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_values as (
    {{ metric_values('agency_year', benchmarked_metrics()) }}
),

judged as (
    select
        metric_values.*,
        agencies.agency_name,
        agencies.level_code,
        agencies.organ_type_code,
        agencies.is_sample,
        case
            when metric_values.metric_status = 'no_cases' then 'no_cases'
            when metric_values.metric_value is null then 'not_available'
            when agencies.match_status <> 'resolved' then 'excluded_unknown_agency'
            when metric_values.scope_code = 'unknown' then 'excluded_unknown_scope'
            when metric_values.open_hard_findings > 0 then 'excluded_open_findings'
            else 'included'
        end as status
    from metric_values
    inner join agencies on metric_values.agency_id = agencies.agency_id
),

included as (
    select
        *,
        rank() over same_peers as peer_rank,
        count(*) over (
            partition by is_sample, fiscal_year, scope_code, level_code, organ_type_code, metric_id, metric_value
        ) as tied_count
    from judged
    where status = 'included'
    window same_peers as (
        partition by is_sample, fiscal_year, scope_code, level_code, organ_type_code, metric_id
        order by metric_value desc
    )
),

peers as (
    select
        is_sample,
        fiscal_year,
        scope_code,
        level_code,
        organ_type_code,
        metric_id,
        count(*) as peer_count,
        percentile_cont(0.25) within group (order by metric_value) as p25,
        percentile_cont(0.5) within group (order by metric_value) as p50,
        percentile_cont(0.75) within group (order by metric_value) as p75
    from included
    group by is_sample, fiscal_year, scope_code, level_code, organ_type_code, metric_id
),

placed as (
    select
        judged.*,
        coalesce(peers.peer_count, 0) as peer_count,
        coalesce(peers.peer_count >= metrics.min_peer_count, false) as is_comparable,
        peers.p25,
        peers.p50,
        peers.p75,
        included.peer_rank,
        included.tied_count
    from judged
    inner join metrics on judged.metric_id = metrics.metric_id
    left join peers
        on
            judged.is_sample = peers.is_sample
            and judged.fiscal_year = peers.fiscal_year
            and judged.scope_code = peers.scope_code
            and judged.level_code = peers.level_code
            and judged.organ_type_code = peers.organ_type_code
            and judged.metric_id = peers.metric_id
    left join included
        on
            judged.report_id = included.report_id
            and judged.metric_id = included.metric_id
)

select
    fiscal_year,
    agency_id,
    scope_code,
    metric_id,
    report_id,
    agency_name,
    level_code,
    organ_type_code,
    is_sample,
    metric_value,
    numerator,
    denominator,
    case when status = 'included' and not is_comparable then 'few_peers' else status end as status,
    cast(peer_count as integer) as peer_count,
    case when is_comparable then p25 end as p25,
    case when is_comparable then p50 end as p50,
    case when is_comparable then p75 end as p75,
    cast(case when is_comparable then peer_rank end as integer) as peer_rank,
    cast(case when is_comparable then tied_count end as integer) as tied_count
from placed

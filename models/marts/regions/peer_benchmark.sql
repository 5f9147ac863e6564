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

-- Ranks are those among rows of one status; only that of the rows included is shown.
ranked as (
    select
        *,
        rank() over peers_by_value as peer_rank,
        count(*) over (peers_by_value range between current row and current row) as tied_count
    from judged
    window peers_by_value as (
        partition by status, is_sample, fiscal_year, scope_code, level_code, organ_type_code, metric_id
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
    from judged
    where status = 'included'
    group by is_sample, fiscal_year, scope_code, level_code, organ_type_code, metric_id
),

placed as (
    select
        ranked.*,
        coalesce(peers.peer_count, 0) as peer_count,
        coalesce(peers.peer_count >= metrics.min_peer_count, false) as is_comparable,
        coalesce(peers.peer_count >= metrics.min_peer_count, false) and ranked.status = 'included' as is_ranked,
        peers.p25,
        peers.p50,
        peers.p75
    from ranked
    inner join metrics on ranked.metric_id = metrics.metric_id
    left join peers
        on
            ranked.is_sample = peers.is_sample
            and ranked.fiscal_year = peers.fiscal_year
            and ranked.scope_code = peers.scope_code
            and ranked.level_code = peers.level_code
            and ranked.organ_type_code = peers.organ_type_code
            and ranked.metric_id = peers.metric_id
)

select
    placed.fiscal_year,
    placed.agency_id,
    placed.scope_code,
    placed.metric_id,
    placed.report_id,
    agencies.agency_name,
    placed.level_code,
    placed.organ_type_code,
    placed.is_sample,
    placed.metric_value,
    placed.numerator,
    placed.denominator,
    case when placed.status = 'included' and not placed.is_comparable then 'few_peers' else placed.status end as status,
    cast(placed.peer_count as integer) as peer_count,
    case when placed.is_comparable then placed.p25 end as p25,
    case when placed.is_comparable then placed.p50 end as p50,
    case when placed.is_comparable then placed.p75 end as p75,
    cast(case when placed.is_ranked then placed.peer_rank end as integer) as peer_rank,
    cast(case when placed.is_ranked then placed.tied_count end as integer) as tied_count
from placed
inner join agencies on placed.agency_id = agencies.agency_id

-- The lines of （一）-（六） of one year in regions, added up, each region from its consolidated report or its members, with
-- n of N and the share of all closed. grain: line_code
with lines as (
    select
        line_code,
        sum(figure) as figure,
        sum(figure_count)::integer as reported,
        sum(figure_expected_count)::integer as expected,
        sum(doubtful_count)::integer as doubtful,
        case when min(source_code) = max(source_code) then min(source_code) else 'mixed' end as source_code,
        case when count(*) = 1 then min(figure_status) end as only_status
    from marts.region_rollup
    where
        list_contains($region_ids, region_agency_id)
        and fiscal_year = $fiscal_year
        and table_no = 3
        and column_code = 'total'
    group by line_code
),

closed as (
    select * from lines
    where line_code = 'closed'
)

select
    'region' as subject_id,
    outcome.outcome_code as line_code,
    outcome.outcome_group_code as group_code,
    outcome.name_zh as line_name_zh,
    outcome.name_en as line_name_en,
    cast(null as bigint) as report_id,
    lines.source_code as scope,
    lines.figure,
    case
        when lines.line_code is null then 'other_form'
        when lines.figure is null then coalesce(lines.only_status, 'not_available')
        when lines.reported < lines.expected then 'partial'
        else 'reported'
    end as figure_status,
    coalesce(lines.doubtful > 0, false) as is_doubtful,
    lines.doubtful as doubtful_count,
    case when lines.source_code <> 'declared' then lines.reported end as reported_count,
    case when lines.source_code <> 'declared' then lines.expected end as expected_count,
    closed.figure as denominator,
    case when lines.reported = closed.reported then lines.figure / nullif(closed.figure, 0) end::double as share
from marts.dim_outcome as outcome
left join lines on outcome.outcome_code = lines.line_code
left join closed on true
order by outcome.line_no, outcome.form_versions

-- The lines of （一）-（六） of one year in regions, added up, each region from its consolidated report or its members, with
-- n of N and the share of all closed. grain: line_code
with cells as (
    select
        rollup.line_code,
        case when rollup.declared_report_id is null then rollup.member_sum else rollup.declared_value end as figure,
        case when rollup.declared_report_id is null then rollup.reported_count else (rollup.declared_value is not null)::integer end
            as reported,
        case when rollup.declared_report_id is null then rollup.expected_member_count else 1 end as expected,
        rollup.declared_report_id is null as is_computed,
        rollup.declared_status
    from marts.region_rollup as rollup
    where
        list_contains($region_ids, rollup.region_agency_id)
        and rollup.fiscal_year = $fiscal_year
        and rollup.table_no = 3
        and rollup.column_code = 'total'
),

lines as (
    select
        line_code,
        sum(figure) as figure,
        sum(reported)::integer as reported,
        sum(expected)::integer as expected,
        bool_or(is_computed) as is_computed,
        case when count(*) = 1 and not bool_or(is_computed) then any_value(declared_status) end as declared_status
    from cells
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
    cast(null as varchar) as scope,
    lines.figure,
    case
        when lines.line_code is null then 'other_form'
        when lines.figure is null then coalesce(lines.declared_status, 'not_available')
        when lines.reported < lines.expected then 'partial'
        else 'reported'
    end as figure_status,
    case when lines.is_computed then lines.reported end as reported_count,
    case when lines.is_computed then lines.expected end as expected_count,
    closed.figure as denominator,
    case when lines.reported = closed.reported then lines.figure / nullif(closed.figure, 0) end::double as share
from marts.dim_outcome as outcome
left join lines on outcome.outcome_code = lines.line_code
left join closed on true
order by outcome.line_no, outcome.form_versions

-- Parts and whole within the prose: what a paragraph lists against the whole it gives, or the report's only one.
-- A list that may not be complete proves nothing unless it exceeds its whole, or lacks no more than its smallest part.
-- grain: report_id, measure_code, block_no
with parts as (
    select * from {{ ref('int_narrative__parts') }}
),

wholes as (
    select * from {{ ref('int_narrative__wholes') }}
),

compared as (
    select
        parts.*,
        wholes.right_value,
        wholes.is_one,
        wholes.is_known,
        parts.is_readable and wholes.is_readable as is_all_readable,
        coalesce(parts.doubt_code, wholes.doubt_code) as any_doubt_code,
        wholes.holds_in_tables
        or abs(parts.parts_sum - wholes.right_value) <= (parts.steps + wholes.step) * 0.5 as holds
    from parts
    inner join wholes
        on
            parts.report_id = wholes.report_id
            and parts.part_measure_code = wholes.part_measure_code
            and parts.block_no = wholes.block_no
),

judged as (
    select
        *,
        case
            when not is_all_readable then 'unreadable'
            when any_doubt_code is not null then any_doubt_code
            when not (is_each_once and is_one) then 'ambiguous'
            when holds then null
            when not is_known then 'missing'
            when
                parts_sum < right_value
                and not coalesce(is_closed, false)
                and (part_count < 4 or right_value - parts_sum > least_part)
                then 'incomplete'
        end as reason_code
    from compared
)

select
    report_id,
    figure_no,
    rule_id,
    part_measure_code as measure_code,
    '*' as category_code,
    block_no,
    cast(null as varchar) as part_text,
    cast(null as integer) as table_no,
    '*' as line_code,
    '*' as column_code,
    cast(parts_sum as decimal(24, 6)) as left_value,
    right_value,
    parts_text as left_text,
    {{ number_text('right_value') }} as right_text,
    cast(null as varchar) as readings_zh,
    cast(null as varchar) as readings_en,
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

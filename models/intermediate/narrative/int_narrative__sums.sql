-- Parts and whole within the prose: what a paragraph lists against the whole it gives, or the report's only one.
-- A list that may not be complete proves nothing unless it exceeds its whole, or lacks no more than its smallest part.
-- grain: report_id, measure_code, block_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

partitions as (
    select * from {{ ref('narrative_partitions') }}
),

parts as (
    select * from {{ ref('int_narrative__parts') }}
),

wholes as (
    select
        parts.report_id,
        parts.part_measure_code,
        parts.block_no,
        figures.value,
        figures.doubt_code,
        figures.precision_step,
        figures.block_no = parts.block_no and figures.figure_no < parts.figure_no as is_beside,
        bool_or(figures.block_no = parts.block_no and figures.figure_no < parts.figure_no) over (
            partition by parts.report_id, parts.part_measure_code, parts.block_no
        ) as has_beside
    from parts
    inner join partitions on parts.part_measure_code = partitions.part_measure_code
    inner join figures
        on parts.report_id = figures.report_id and partitions.whole_measure_code = figures.measure_code
),

whole as (
    select
        report_id,
        part_measure_code,
        block_no,
        min(value) as right_value,
        count(distinct value) = 1 as is_one,
        count(*) = count(value) as is_readable,
        min(doubt_code) as doubt_code,
        max(coalesce(precision_step, 0)) as step
    from wholes
    where is_beside or not has_beside
    group by report_id, part_measure_code, block_no
),

judged as (
    select
        parts.*,
        whole.right_value,
        abs(parts.parts_sum - whole.right_value) <= (parts.steps + whole.step) * 0.5 as holds,
        case
            when not (parts.is_readable and whole.is_readable) then 'unreadable'
            when coalesce(parts.doubt_code, whole.doubt_code) is not null
                then coalesce(parts.doubt_code, whole.doubt_code)
            when not (parts.is_each_once and whole.is_one) then 'ambiguous'
            when abs(parts.parts_sum - whole.right_value) <= (parts.steps + whole.step) * 0.5 then null
            when
                parts.parts_sum < whole.right_value
                and not coalesce(parts.is_closed, false)
                and (parts.part_count < 4 or whole.right_value - parts.parts_sum > parts.least_part)
                then 'incomplete'
        end as reason_code
    from parts
    inner join whole
        on
            parts.report_id = whole.report_id
            and parts.part_measure_code = whole.part_measure_code
            and parts.block_no = whole.block_no
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

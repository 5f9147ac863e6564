-- What the prose says of a figure that the tables hold too, held against every reading it admits.
-- A claim holds if one reading does; it fails only if each of them is known and contradicts it.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

compared as (
    select
        figures.report_id,
        figures.figure_no,
        figures.measure_code,
        figures.category_code,
        figures.block_no,
        figures.value,
        figures.doubt_code,
        figures.comparison,
        readings.rule_id,
        readings.reading_no,
        readings.reading_zh,
        readings.reading_en,
        readings.table_no,
        readings.line_code,
        readings.column_code,
        coalesce(readings.printed_value, readings.added_value) as reading_value,
        greatest(readings.printed_value, readings.added_value) as most,
        coalesce(
            abs(figures.value - readings.printed_value) <= coalesce(figures.precision_step, 0) * 0.5, false
        )
        or coalesce(abs(figures.value - readings.added_value) <= coalesce(figures.precision_step, 0) * 0.5, false)
            as holds
    from figures
    inner join readings
        on
            figures.report_id = readings.report_id
            and figures.measure_code = readings.measure_code
            and figures.category_code = readings.category_code
),

gathered as (
    select
        report_id,
        figure_no,
        rule_id,
        measure_code,
        category_code,
        block_no,
        min(value) as left_value,
        min(doubt_code) as doubt_code,
        min(comparison) as comparison,
        min(table_no) as table_no,
        min(case when reading_no = 1 then line_code end) as line_code,
        min(case when reading_no = 1 then column_code end) as column_code,
        min(case when reading_no = 1 then reading_value end) as right_value,
        {% for language in ['zh', 'en'] -%}
        {{ listed(
            "case when reading_value is not null then concat(reading_" ~ language ~ ", ' = ', "
            ~ number_text('reading_value') ~ ') end',
            "'; '", 'reading_no'
        ) }} as readings_{{ language }},
        {% endfor -%}
        max(most) as most,
        bool_or(holds) as holds,
        count(reading_value) = count(*) as is_known
    from compared
    group by report_id, figure_no, rule_id, measure_code, category_code, block_no
),

judged as (
    select
        *,
        case
            when left_value is null then 'unreadable'
            when doubt_code <> 'cumulative' then doubt_code
            when comparison = 'none' then 'subject'
            when holds then null
            when doubt_code is not null then doubt_code
            when not is_known then 'missing'
            when comparison = 'at_most' and left_value <= most then 'subject'
        end as reason_code
    from gathered
)

select
    report_id,
    figure_no,
    rule_id,
    measure_code,
    category_code,
    block_no,
    cast(null as varchar) as part_text,
    table_no,
    line_code,
    column_code,
    left_value,
    right_value,
    {{ number_text('left_value') }} as left_text,
    {{ number_text('right_value') }} as right_text,
    readings_zh,
    readings_en,
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

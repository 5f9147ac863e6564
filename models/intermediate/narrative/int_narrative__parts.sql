-- The parts a paragraph lists of one whole, added up, and whether they are all there are.
-- grain: report_id, part_measure_code, block_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

partitions as (
    select * from {{ ref('narrative_partitions') }}
),

part_measures as (
    select
        part_measure_code,
        min(rule_id) as rule_id,
        min(part_categories) as part_categories,
        min(closing_categories) as closing_categories
    from partitions
    group by part_measure_code
)

select
    figures.report_id,
    figures.block_no,
    part_measures.part_measure_code,
    part_measures.rule_id,
    min(figures.figure_no) as figure_no,
    sum(figures.value) as parts_sum,
    min(case when figures.value > 0 then figures.value end) as least_part,
    sum(coalesce(figures.precision_step, 0)) as steps,
    count(*) as part_count,
    count(*) = count(figures.value) as is_readable,
    count(*) = count(distinct figures.category_code) as is_each_once,
    min(figures.doubt_code) as doubt_code,
    {{ listed(number_text('figures.value'), "'+'", 'figures.figure_no') }} as parts_text,
    count(
        case
            when
                concat('+', part_measures.closing_categories, '+') like concat('%+', figures.category_code, '+%')
                then 1
        end
    ) = min(
        length(part_measures.closing_categories)
        - length(replace(part_measures.closing_categories, '+', '')) + 1
    ) as is_closed
from figures
inner join part_measures on figures.measure_code = part_measures.part_measure_code
where
    -- A part of a part is in the sum already.
    coalesce(figures.doubts, '') not like '%nested%'
    and (
        part_measures.part_categories is null
        or concat('+', part_measures.part_categories, '+') like concat('%+', figures.category_code, '+%')
    )
group by figures.report_id, figures.block_no, part_measures.part_measure_code, part_measures.rule_id
having count(*) > 1

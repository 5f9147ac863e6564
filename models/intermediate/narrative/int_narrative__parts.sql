-- The parts a paragraph lists of one whole, added up, and whether they are all there are.
-- grain: report_id, list_no, block_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
    where list_no is not null
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
),

added_up as (
    select
        figures.report_id,
        figures.list_no,
        figures.block_no,
        min(figures.figure_no) as figure_no,
        sum(figures.value) as parts_sum,
        min(case when figures.value > 0 then figures.value end) as least_part,
        sum(figures.precision_step) as steps,
        count(*) as part_count,
        count(figures.value) as readable_count,
        bit_or(measures.item) as items,
        bit_or(case when measures.is_closing then measures.item end) as closing_items,
        min(figures.doubt_code) as doubt_code
    from figures
    inner join measures on figures.measure_no = measures.measure_no
    group by figures.report_id, figures.list_no, figures.block_no
    having count(*) > 1
)

select
    added_up.report_id,
    added_up.list_no,
    added_up.block_no,
    added_up.figure_no,
    added_up.parts_sum,
    added_up.least_part,
    coalesce(added_up.steps, 0) as steps,
    added_up.part_count,
    added_up.part_count = added_up.readable_count as is_readable,
    added_up.part_count = bit_count(added_up.items) as is_each_once,
    coalesce(bit_count(added_up.closing_items) = lists.closing_count, false) as is_closed,
    added_up.doubt_code
from added_up
inner join lists on added_up.list_no = lists.list_no

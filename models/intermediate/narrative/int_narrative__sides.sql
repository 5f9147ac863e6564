-- Both sides of what fails within the prose, in figures: the parts a paragraph lists, and the share as worked out.
-- grain: report_id, figure_no, measure_code
with figures as (
    select * from {{ ref('int_narrative__figures') }}
    where list_no is not null
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
),

sums as (
    select * from {{ ref('int_narrative__sums') }}
    where verdict = 'fail'
),

shares as (
    select * from {{ ref('int_narrative__shares') }}
    where verdict = 'fail'
)

select
    sums.report_id,
    sums.figure_no,
    lists.part_measure_code as measure_code,
    {{ listed(number_text('figures.value'), "'+'", 'figures.figure_no') }} as left_text,
    cast(null as varchar) as right_text
from sums
inner join lists on sums.list_no = lists.list_no
inner join figures
    on
        sums.report_id = figures.report_id
        and sums.list_no = figures.list_no
        and sums.block_no = figures.block_no
group by sums.report_id, sums.figure_no, lists.part_measure_code

union all

select
    report_id,
    figure_no,
    'share' as measure_code,
    concat({{ number_text('left_value') }}, '%') as left_text,
    concat(
        {{ number_text('part_value') }},
        '/',
        {{ number_text('whole_value') }},
        ' = ',
        {{ number_text('right_value') }},
        '%'
    ) as right_text
from shares

-- The whole that the parts of a paragraph are held against: what the prose says right before them, else its only such
-- figure.
-- grain: report_id, list_no, block_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

parts as (
    select * from {{ ref('int_narrative__parts') }}
),

whole_measures as (
    select * from {{ ref('int_narrative__whole_measures') }}
),

wholes as (
    select
        parts.report_id,
        parts.list_no,
        parts.block_no,
        figures.value,
        figures.doubt_code,
        figures.precision_step,
        -- 3 one right before the parts, whomever it speaks of; 2 a sure one elsewhere; 1 one that may count others.
        case
            when figures.doubt_code is not null then 1
            when figures.block_no = parts.block_no and figures.figure_no < parts.figure_no then 3
            when figures.comparison = 'none' then 1
            else 2
        end as fitness
    from figures
    inner join whole_measures on figures.measure_no = whole_measures.measure_no
    inner join parts on figures.report_id = parts.report_id and whole_measures.list_no = parts.list_no
),

fittest as (
    select
        *,
        max(fitness) over (partition by report_id, list_no, block_no) as best
    from wholes
)

select
    report_id,
    list_no,
    block_no,
    min(value) as right_value,
    min(value) = max(value) as is_one,
    count(*) = count(value) as is_readable,
    -- Of what a part of the organ counts the parts here need not be parts.
    case when best = 1 then coalesce(min(doubt_code), 'subject') end as doubt_code,
    max(coalesce(precision_step, 0)) as step
from fittest
where fitness = best
group by report_id, list_no, block_no, best

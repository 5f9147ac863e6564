-- The whole that the parts of a paragraph are held against: what the prose says right before them, else its only such
-- figure; and whether what the tables hold for the whole agrees.
-- grain: report_id, part_measure_code, block_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

parts as (
    select * from {{ ref('int_narrative__parts') }}
),

partitions as (
    select * from {{ ref('narrative_partitions') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

wholes as (
    select
        parts.report_id,
        parts.part_measure_code,
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
    from parts
    inner join partitions on parts.part_measure_code = partitions.part_measure_code
    inner join figures
        on parts.report_id = figures.report_id and partitions.whole_measure_code = figures.measure_code
),

fittest as (
    select
        *,
        max(fitness) over (partition by report_id, part_measure_code, block_no) as best
    from wholes
),

whole as (
    select
        report_id,
        part_measure_code,
        block_no,
        min(value) as right_value,
        count(distinct value) = 1 as is_one,
        count(*) = count(value) as is_readable,
        -- Of what a part of the organ counts the parts here need not be parts.
        case when best = 1 then coalesce(min(doubt_code), 'subject') end as doubt_code,
        max(coalesce(precision_step, 0)) as step
    from fittest
    where fitness = best
    group by report_id, part_measure_code, block_no, best
),

-- Whom a list counts is not always whom the sentence before it counts: applicants of the new applications, say, after
-- the number of those dealt with. What the tables hold for the whole is admissible too.
alternatives as (
    select
        parts.report_id,
        parts.part_measure_code,
        parts.block_no,
        coalesce(bool_or(
            parts.parts_sum in ({{ each_reading('readings.printed_#, readings.added_#') }})
        ), false) as holds,
        bool_and({{ known_readings() }} = claims.reading_count) as is_known
    from parts
    inner join partitions on parts.part_measure_code = partitions.part_measure_code
    inner join claim_readings as claims on partitions.whole_measure_code = claims.measure_code
    inner join readings
        on
            parts.report_id = readings.report_id
            and claims.claim_no = readings.claim_no
            and claims.form_version = readings.form_version
    group by parts.report_id, parts.part_measure_code, parts.block_no
)

select
    whole.*,
    coalesce(alternatives.holds, false) as holds_in_tables,
    coalesce(alternatives.is_known, true) as is_known
from whole
left join alternatives
    on
        whole.report_id = alternatives.report_id
        and whole.part_measure_code = alternatives.part_measure_code
        and whole.block_no = alternatives.block_no

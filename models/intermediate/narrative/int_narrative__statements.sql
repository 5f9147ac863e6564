-- What the prose of a report counts, each thing once, with the first figure that says it; without a value where the
-- report says several. Of what the tables hold too, a part of the organ says another thing than the whole.
-- grain: report_id, measure_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
    where unit_code is not null
)

select
    figures.report_id,
    figures.measure_no,
    min(figures.figure_no) as figure_no,
    cast(count(*) as integer) as statement_count,
    case when min(figures.value) = max(figures.value) then min(figures.value) end as value,
    coalesce(bool_or(figures.doubts = 'approximate'), false) as is_approximate
from figures
inner join measures on figures.measure_no = measures.measure_no
where
    figures.value is not null
    and coalesce(figures.doubts, '') in ('', 'approximate', 'cumulative', 'nested')
    and (not measures.is_held_by_tables or figures.subject_code <> 'part')
group by figures.report_id, figures.measure_no

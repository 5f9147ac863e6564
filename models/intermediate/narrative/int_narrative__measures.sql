-- What the prose may count, numbered: what it says is joined by these numbers, and spelt out where it is shown.
-- Each category of a measure is one: whether the tables hold it too (claim_no), or it is an item of a list (list_no).
-- grain: measure_no
with measures as (
    select
        measure_code,
        category_code,
        unit_code
    from {{ ref('narrative_measures') }}
    union all
    -- A printed share counts nothing itself.
    select
        'share' as measure_code,
        'all' as category_code,
        cast(null as varchar) as unit_code
),

claims as (
    select distinct
        measure_code,
        category_code,
        dense_rank() over (order by measure_code, category_code) as claim_no
    from {{ ref('narrative_readings') }}
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
)

select
    cast(row_number() over (order by measures.measure_code, measures.category_code) as smallint) as measure_no,
    measures.measure_code,
    measures.category_code,
    measures.unit_code,
    cast(claims.claim_no as smallint) as claim_no,
    lists.list_no,
    -- A bit of its own among the items of its list.
    case
        when lists.list_no is not null then cast(1 as bigint) << (
            row_number() over (partition by lists.list_no order by measures.category_code) - 1
        )
    end as item,
    coalesce(
        concat('+', lists.closing_categories, '+') like concat('%+', measures.category_code, '+%'), false
    ) as is_closing,
    measures.measure_code in (select held.measure_code from claims as held) as is_held_by_tables
from measures
left join claims on measures.measure_code = claims.measure_code and measures.category_code = claims.category_code
left join lists
    on
        measures.measure_code = lists.part_measure_code
        and (
            lists.part_categories is null
            or concat('+', lists.part_categories, '+') like concat('%+', measures.category_code, '+%')
        )

-- A suggestion differs from what is printed, and is called unique exactly when its group has no other.
with candidates as (
    select
        *,
        count(*) over (partition by group_id) as candidate_count
    from {{ ref('suggested_corrections') }}
)

select
    group_id,
    candidate_no
from candidates
where
    suggested_value = printed_value
    or is_unique <> (candidate_count = 1)

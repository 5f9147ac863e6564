-- A suggestion differs from what is printed, and is called unique exactly when its group has no other; what a group of
-- findings says of its candidates is what is listed, unless they are too many.
with suggestions as (
    select * from {{ ref('suggested_corrections') }}
),

candidate_counts as (
    select
        group_id,
        max(cell_count) as cell_count,
        count(distinct candidate_no) as candidate_count
    from suggestions
    group by group_id
),

groups as (
    select distinct
        group_id,
        status,
        cell_count,
        candidate_count
    from {{ ref('finding_groups') }}
)

select suggestions.group_id
from suggestions
inner join candidate_counts on suggestions.group_id = candidate_counts.group_id
where
    suggestions.suggested_value = suggestions.printed_value
    or suggestions.is_unique <> (candidate_counts.candidate_count = 1)
    or suggestions.cell_count <> candidate_counts.cell_count

union all

select groups.group_id
from groups
left join candidate_counts on groups.group_id = candidate_counts.group_id
where
    groups.cell_count is distinct from coalesce(candidate_counts.cell_count, groups.cell_count)
    or groups.candidate_count <> coalesce(candidate_counts.candidate_count, groups.candidate_count)
    or (candidate_counts.group_id is null and groups.candidate_count between 1 and 50)
    or groups.status <> case
        when groups.candidate_count = 0 then 'unresolved'
        when groups.candidate_count = 1 then 'unique'
        else 'ambiguous'
    end

union all

select candidate_counts.group_id
from candidate_counts
left join groups on candidate_counts.group_id = groups.group_id
where groups.group_id is null

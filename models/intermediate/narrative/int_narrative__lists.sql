-- The lists of parts the prose may give of a whole, numbered, and how many items close one.
-- grain: list_no
with partitions as (
    select * from {{ ref('narrative_partitions') }}
)

select
    cast(row_number() over (order by part_measure_code) as smallint) as list_no,
    part_measure_code,
    min(rule_id) as rule_id,
    min(part_categories) as part_categories,
    min(closing_categories) as closing_categories,
    min(length(closing_categories) - length(replace(closing_categories, '+', '')) + 1) as closing_count
from partitions
group by part_measure_code

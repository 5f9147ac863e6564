-- What the prose may give as the whole of a list.
-- grain: list_no, measure_no
with partitions as (
    select * from {{ ref('narrative_partitions') }}
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
)

select
    lists.list_no,
    measures.measure_no,
    measures.claim_no
from partitions
inner join lists on partitions.part_measure_code = lists.part_measure_code
inner join measures on partitions.whole_measure_code = measures.measure_code

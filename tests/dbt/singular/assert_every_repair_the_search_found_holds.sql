-- The search and the proofs add up the same sums by different means: a repair of several cells that the proofs reject,
-- or that they cannot prove, is a fault of one of them.
with repairs as (
    select distinct
        group_id,
        repair_no
    from {{ ref('int_reconciliation__repair_cells') }}
    where cell_count > 1
),

evidence as (
    select * from {{ ref('int_reconciliation__repair_evidence') }}
)

select
    repairs.group_id,
    repairs.repair_no
from repairs
left join evidence on repairs.group_id = evidence.group_id and repairs.repair_no = evidence.repair_no
where evidence.group_id is null

-- Both sides of every broken equation, added up from its terms. Of two bounds the broken one is the right side.
-- grain: finding_id
with failed_terms as (
    select * from {{ ref('int_reconciliation__failed_terms') }}
),

sides as (
    select
        finding_id,
        rule_id,
        {{ failed_side('left') }} as left_value,
        {{ failed_side('right') }} as right_value,
        {{ failed_side('upper') }} as upper_value
    from failed_terms
    group by finding_id, rule_id
)

select
    finding_id,
    rule_id,
    left_value,
    case when left_value > upper_value then upper_value else right_value end as right_value,
    left_value - case when left_value > upper_value then upper_value else right_value end as difference
from sides

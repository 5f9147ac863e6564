-- Broken sums that are mended together, and whether the sums tell how: a row for every finding a repair is sought for.
-- grain: finding_id
{{ config(materialized='table') }}

with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

proofs as (
    select * from {{ ref('int_reconciliation__repair_proofs') }}
),

repairs as (
    select * from {{ ref('int_reconciliation__repairs') }}
),

searched as (
    select * from {{ ref('int_reconciliation__repair_search') }}
    where finding_id is not null
),

single_cells as (
    select
        proofs.finding_id,
        proofs.group_id,
        count(distinct proofs.repair_no) as repair_count
    from proofs
    inner join repairs on proofs.group_id = repairs.group_id and proofs.repair_no = repairs.repair_no
    where proofs.finding_id is not null
    group by proofs.finding_id, proofs.group_id
),

grouped as (
    select
        failed_equations.finding_id,
        -- A sum of which nothing is known stands for itself.
        coalesce(
            searched.group_id, single_cells.group_id, concat('G-', substr(failed_equations.finding_id, 3))
        ) as group_id,
        failed_equations.report_id,
        case
            when searched.status is not null then searched.status
            when single_cells.repair_count = 1 then 'unique'
            when single_cells.repair_count > 1 then 'ambiguous'
            else 'unresolved'
        end as status,
        case
            when searched.finding_id is not null then searched.cell_count
            when single_cells.group_id is not null then 1
        end as cell_count,
        cast(case
            when searched.finding_id is not null then searched.repair_count
            else coalesce(single_cells.repair_count, 0)
        end as integer) as candidate_count
    from failed_equations
    inner join rules on failed_equations.rule_id = rules.rule_id
    left join searched on failed_equations.finding_id = searched.finding_id
    left join single_cells on failed_equations.finding_id = single_cells.finding_id
),

told as (
    select
        group_id,
        bool_and(is_thin) as is_thin,
        max(case when is_confirmed then candidate_no end) as confirmed_candidate_no
    from repairs
    group by group_id
)

select
    grouped.finding_id,
    grouped.group_id,
    grouped.report_id,
    grouped.status,
    grouped.cell_count,
    grouped.candidate_count,
    coalesce(told.is_thin, false) as is_thin,
    told.confirmed_candidate_no
from grouped
left join told on grouped.group_id = told.group_id

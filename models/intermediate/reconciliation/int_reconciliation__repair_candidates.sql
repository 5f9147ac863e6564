-- Cells whose change alone may mend every broken sum around them, with the value that would do it.
-- A group is what hangs together through shared cells. One cell can mend it only if every broken sum of the group
-- contains the cell: then the sums that contain it are the whole group, and each of them touches no other broken sum.
-- grain: report_id, table_no, line_code, column_code
with failed_values as (
    select * from {{ ref('int_reconciliation__failed_values') }}
),

failed_terms as (
    select * from {{ ref('int_reconciliation__failed_terms') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'single' and severity = 'hard'
),

-- Where a figure is printed rounded the sum leaves a range open, not a value: such a group gets no suggestion.
broken_sums as (
    select
        failed_values.finding_id,
        failed_values.difference,
        rules.tolerance = 0 and max(coalesce(failed_terms.precision_step, 0)) = 0 as is_exact
    from failed_values
    inner join rules on failed_values.rule_id = rules.rule_id
    inner join failed_terms on failed_values.finding_id = failed_terms.finding_id
    where rules.relation = 'eq' and rules.severity = 'hard'
    group by failed_values.finding_id, failed_values.difference, rules.tolerance
),

cells as (
    select
        failed_terms.term_report_id as report_id,
        failed_terms.term_form_version as form_version,
        failed_terms.table_no,
        failed_terms.line_code,
        failed_terms.column_code,
        failed_terms.column_no,
        failed_terms.value,
        failed_terms.page_no,
        failed_terms.line_no,
        broken_sums.finding_id,
        broken_sums.difference,
        broken_sums.is_exact,
        sum(case failed_terms.side when 'left' then failed_terms.weight else -failed_terms.weight end) as net_weight
    from broken_sums
    inner join failed_terms on broken_sums.finding_id = failed_terms.finding_id
    where failed_terms.line_code is not null
    group by all
),

touching as (
    select
        cells.finding_id,
        count(distinct neighbours.finding_id) as sums_touched
    from cells
    inner join cells as neighbours
        on
            cells.report_id = neighbours.report_id
            and cells.table_no = neighbours.table_no
            and cells.line_code = neighbours.line_code
            and cells.column_code = neighbours.column_code
    group by cells.finding_id
),

changes as (
    select
        cells.*,
        touching.sums_touched,
        try_cast(-cells.difference / nullif(cells.net_weight, 0) as decimal(24, 6)) as change
    from cells
    inner join touching on cells.finding_id = touching.finding_id
),

candidates as (
    select
        concat('G-', substr(min(finding_id), 3)) as group_id,
        report_id,
        form_version,
        table_no,
        line_code,
        column_code,
        column_no,
        page_no,
        line_no,
        value as printed_value,
        count(*) as sums_broken,
        try_cast(value + min(change) as decimal(24, 6)) as suggested_value
    from changes
    group by report_id, form_version, table_no, line_code, column_code, column_no, page_no, line_no, value
    having
        max(sums_touched) = count(*)
        and min(change) = max(change)
        and count(change) = count(*)
        and bool_and(is_exact)
)

select candidates.*
from candidates
where
    candidates.suggested_value is not null
    -- What no cell of the form may hold (a negative count) is no repair.
    and not exists (
        select 1
        from line_terms
        where
            candidates.form_version = line_terms.form_version
            and candidates.table_no = line_terms.table_no
            and candidates.line_code = line_terms.line_code
            and {{ cell_of('line_terms.left', 'candidates.column_no') }} is not null
            and not {{ cell_holds('suggested_value', 'tolerance') }}
    )

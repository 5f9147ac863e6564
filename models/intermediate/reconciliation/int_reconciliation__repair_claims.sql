-- What the prose surely says of figures that a repair changes, where the repair decides whether it holds: a claim that
-- fails as printed and holds with the repair speaks for it, one that holds as printed and fails then speaks against it.
-- Only claims without a doubt, of whom the tables cover, every reading of which is known. What the prose says twice
-- with different figures says nothing.
-- grain: group_id, repair_no, report_id, figure_no
with cells as (
    select * from {{ ref('int_reconciliation__repair_cells') }}
),

figures as (
    select
        *,
        min(value) over claim = max(value) over claim as is_said_once
    from {{ ref('int_narrative__figures') }}
    where
        claim_no is not null
        and doubts is null
        and comparison = 'equal'
        and precision_step is null
        and value is not null
        and report_id in (select cells.report_id from cells)
    window claim as (partition by report_id, claim_no)
),

terms as (
    select * from {{ ref('int_narrative__reading_terms') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

-- Where a total is not printed the sum of its parts is what a reading says: there a change of a part changes it.
changes as (
    select
        cells.group_id,
        cells.repair_no,
        cells.report_id,
        terms.claim_no,
        {{ each_reading(
            'sum(case when terms.reading_no = # and cells.column_code = terms.column_code '
            'then terms.weight * (cells.suggested_value - cells.printed_value) end) as printed_change_#, '
            "sum(case when terms.reading_no = # and cells.column_code <> 'total' "
            'then terms.weight * (cells.suggested_value - cells.printed_value) end) as added_change_#'
        ) }}
    from cells
    inner join terms
        on
            cells.form_version = terms.form_version
            and cells.table_no = terms.table_no
            and cells.line_code = terms.line_code
            and terms.column_code in (cells.column_code, 'total')
    group by cells.group_id, cells.repair_no, cells.report_id, terms.claim_no
),

compared as (
    select
        changes.group_id,
        changes.repair_no,
        figures.report_id,
        figures.figure_no,
        figures.line_no,
        figures.value,
        {{ known_readings() }} = claims.reading_count as is_known,
        {{ each_reading(
            reading_value() ~ ' as printed_#, '
            'coalesce('
            'readings.printed_# + coalesce(changes.printed_change_#, 0), '
            'readings.added_# + coalesce(changes.added_change_#, 0)'
            ') as repaired_#'
        ) }}
    from changes
    inner join figures on changes.report_id = figures.report_id and changes.claim_no = figures.claim_no
    inner join readings on changes.report_id = readings.report_id and changes.claim_no = readings.claim_no
    inner join claim_readings as claims
        on readings.claim_no = claims.claim_no and readings.form_version = claims.form_version
    where figures.is_said_once
)

select
    group_id,
    repair_no,
    report_id,
    figure_no,
    line_no,
    value,
    coalesce(value in ({{ each_reading('repaired_#') }}), false) as is_confirming
from compared
where
    is_known
    and coalesce(value in ({{ each_reading('printed_#') }}), false)
    <> coalesce(value in ({{ each_reading('repaired_#') }}), false)

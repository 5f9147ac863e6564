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
    where doubts is null and comparison = 'equal' and precision_step is null and value is not null
    window claim as (partition by report_id, measure_code, category_code)
),

reading_cells as (
    select * from {{ ref('int_narrative__reading_cells') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

-- Where a total is not printed the sum of its parts is what a reading says: there a change of a part changes it.
changes as (
    select
        cells.group_id,
        cells.repair_no,
        reading_cells.report_id,
        reading_cells.measure_code,
        reading_cells.category_code,
        reading_cells.reading_no,
        sum(
            case when cells.column_code = reading_cells.column_code then reading_cells.weight else 0 end
            * (cells.suggested_value - cells.printed_value)
        ) as printed_change,
        sum(
            case when cells.column_code <> 'total' then reading_cells.weight else 0 end
            * (cells.suggested_value - cells.printed_value)
        ) as added_change
    from cells
    inner join reading_cells
        on
            cells.report_id = reading_cells.report_id
            and cells.table_no = reading_cells.table_no
            and cells.line_code = reading_cells.line_code
            and reading_cells.column_code in (cells.column_code, 'total')
    group by
        cells.group_id,
        cells.repair_no,
        reading_cells.report_id,
        reading_cells.measure_code,
        reading_cells.category_code,
        reading_cells.reading_no
),

touched as (
    select distinct
        group_id,
        repair_no,
        report_id,
        measure_code,
        category_code
    from changes
),

compared as (
    select
        touched.group_id,
        touched.repair_no,
        figures.report_id,
        figures.figure_no,
        figures.line_no,
        figures.value,
        coalesce(readings.printed_value, readings.added_value) as reading_printed,
        coalesce(
            readings.printed_value + coalesce(changes.printed_change, 0),
            readings.added_value + coalesce(changes.added_change, 0)
        ) as reading_repaired
    from touched
    inner join figures
        on
            touched.report_id = figures.report_id
            and touched.measure_code = figures.measure_code
            and touched.category_code = figures.category_code
    inner join readings
        on
            touched.report_id = readings.report_id
            and touched.measure_code = readings.measure_code
            and touched.category_code = readings.category_code
    left join changes
        on
            touched.group_id = changes.group_id
            and touched.repair_no = changes.repair_no
            and touched.report_id = changes.report_id
            and touched.measure_code = changes.measure_code
            and touched.category_code = changes.category_code
            and readings.reading_no = changes.reading_no
    where figures.is_said_once
)

select
    group_id,
    repair_no,
    report_id,
    figure_no,
    line_no,
    value,
    bool_or(value = reading_repaired) as is_confirming
from compared
group by group_id, repair_no, report_id, figure_no, line_no, value
having count(*) = count(reading_printed) and bool_or(value = reading_printed) <> bool_or(value = reading_repaired)

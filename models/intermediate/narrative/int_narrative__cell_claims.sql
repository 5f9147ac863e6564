-- What the prose surely says of single cells: evidence for whoever looks for the right value of a doubtful one.
-- Only claims that speak of whom the tables cover and have no doubt; where `is_only_reading` is false the sentence may
-- mean another figure as well.
-- grain: report_id, figure_no, table_no, line_code, column_code
with figures as (
    select * from {{ ref('int_narrative__figures') }}
    where doubts is null and comparison = 'equal' and precision_step is null and value is not null
),

readings as (
    select
        *,
        count(*) over (partition by report_id, measure_code, category_code) = 1 as is_only_reading
    from {{ ref('int_narrative__readings') }}
)

select
    figures.report_id,
    figures.figure_no,
    readings.table_no,
    readings.line_code,
    readings.column_code,
    figures.value as claimed_value,
    readings.is_only_reading,
    figures.line_no
from figures
inner join readings
    on
        figures.report_id = readings.report_id
        and figures.measure_code = readings.measure_code
        and figures.category_code = readings.category_code
where readings.is_one_cell

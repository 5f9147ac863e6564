-- What the tables of a report say where its prose says something: the value of every reading a claim admits, as
-- printed, and with each 总计 added up from its parts.
-- grain: report_id, measure_code, category_code, reading_no
with reading_cells as (
    select * from {{ ref('int_narrative__reading_cells') }}
)

select
    report_id,
    measure_code,
    category_code,
    reading_no,
    rule_id,
    min(reading_zh) as reading_zh,
    min(reading_en) as reading_en,
    min(table_no) as table_no,
    case when count(distinct line_code) = 1 then min(line_code) else '*' end as line_code,
    case when count(distinct column_code) = 1 then min(column_code) else '*' end as column_code,
    cast(
        case when count(printed_value) = count(*) then sum(weight * printed_value) end as decimal(24, 6)
    ) as printed_value,
    cast(case when count(added_value) = count(*) then sum(weight * added_value) end as decimal(24, 6)) as added_value
from reading_cells
group by report_id, measure_code, category_code, reading_no, rule_id

-- The words for every line and column of the forms, for naming missing terms. grain: table_no, code
select
    'line' as part,
    table_no,
    line_code as code,
    min(line_label_zh) as label_zh,
    min(line_name_en) as label_en
from reference.form_lines
group by table_no, line_code
union all
select
    'column' as part,
    table_no,
    column_code as code,
    min(column_label_zh) as label_zh,
    min(column_name_en) as label_en
from reference.form_lines
group by table_no, column_code
order by part, table_no, code

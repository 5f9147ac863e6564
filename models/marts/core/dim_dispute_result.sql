-- How a challenge ended in the year.
-- grain: result_code
select distinct
    column_code as result_code,
    column_label_zh as name_zh,
    column_name_en as name_en,
    column_no
from {{ ref('form_lines') }}
where fact_table = 'fct_disputes'

-- The six kinds of applicant of 表三.
-- grain: applicant_type_code
select distinct
    column_code as applicant_type_code,
    column_no,
    column_label_zh as name_zh,
    column_name_en as name_en
from {{ ref('form_lines') }}
where fact_table = 'fct_applications'

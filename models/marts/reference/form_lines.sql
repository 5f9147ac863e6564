-- The 398 cells of both forms: codes, labels in both languages, what the value is and the fact that carries it.
-- grain: form_version, table_no, line_code, column_code
with form_cells as (
    select * from {{ ref('form_cells') }}
),

line_names as (
    select * from {{ ref('form_line_names') }}
),

column_names as (
    select * from {{ ref('form_column_names') }}
)

select
    form_cells.form_version,
    form_cells.table_no,
    form_cells.line_code,
    form_cells.column_code,
    form_cells.line_no,
    form_cells.column_no,
    form_cells.line_label as line_label_zh,
    form_cells.parent_label as parent_label_zh,
    line_names.line_name_en,
    line_names.group_code,
    line_names.group_name_zh,
    line_names.group_name_en,
    form_cells.column_label as column_label_zh,
    column_names.column_name_en,
    column_names.value_kind,
    column_names.unit_code,
    case
        when form_cells.table_no = 2 then 'fct_proactive_items'
        when form_cells.column_code = 'total' then 'fct_printed_totals'
        when form_cells.table_no = 4 then 'fct_disputes'
        when form_cells.line_code in ('new', 'carried_in', 'closed', 'carried_out') then 'fct_applications'
        else 'fct_outcomes'
    end as fact_table
from form_cells
inner join line_names
    on
        form_cells.table_no = line_names.table_no
        and form_cells.line_code = line_names.line_code
inner join column_names
    on
        form_cells.table_no = column_names.table_no
        and form_cells.column_code = column_names.column_code

-- Every line that raw keeps as integers is one of which the form asks counts and no amount: nothing after it looks at
-- the units of such a line. What fails here was loaded by an older reader; a load reads it again.
with count_rows as (
    select distinct
        form_version,
        table_no,
        line_code
    from {{ ref('stg_count_rows') }}
),

form_lines as (
    select * from {{ ref('stg_form_lines') }}
)

select count_rows.*
from count_rows
left join form_lines
    on
        count_rows.form_version = form_lines.form_version
        and count_rows.table_no = form_lines.table_no
        and count_rows.line_code = form_lines.line_code
where
    form_lines.line_code is null
    or {{ any_cell("coalesce(form_lines.form_unit_#, 'count') <> 'count'") }}

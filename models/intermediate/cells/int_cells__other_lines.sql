-- The lines of accepted reports that are more than counts: amounts, words, figures whose place or text is in doubt, and
-- as `missing` the lines that a document lacks.
-- grain: report_id, table_no, line_code
{{ config(tags=['published']) }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

typed_rows as (
    select * from {{ ref('int_cells__typed_rows') }}
),

missing_lines as (
    select * from {{ ref('int_cells__missing_lines') }}
)

select
    reports.report_id,
    typed_rows.form_version,
    typed_rows.table_no,
    typed_rows.line_code,
    typed_rows.page_no,
    typed_rows.line_no,
    {{ each_cell(
        'typed_rows.text_#, typed_rows.value_#, typed_rows.status_#, typed_rows.unit_#, typed_rows.step_#, '
        'typed_rows.line_no_#, typed_rows.placed_by_#'
    ) }}
from typed_rows
inner join reports on typed_rows.document_id = reports.document_id

union all

select
    report_id,
    form_version,
    table_no,
    line_code,
    cast(null as integer) as page_no,
    cast(null as integer) as line_no,
    {{ each_cell(
        "cast(null as varchar) as text_#, cast(null as decimal(24, 6)) as value_#, "
        "case when form_unit_# is not null then 'missing' end as status_#, "
        "case when form_unit_# = 'count' then 'count' end as unit_#, cast(null as decimal(24, 6)) as step_#, "
        "cast(null as integer) as line_no_#, cast(null as varchar) as placed_by_#"
    ) }}
from missing_lines

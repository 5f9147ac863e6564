-- The whole form of every accepted report, seven cells a line, as printed. What the document lacks is here as `missing`.
-- The one big table: readable long tables (form_cells, the facts) are views over it.
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
    {%- for k in range(1, 8) %}
    typed_rows.text_{{ k }},
    typed_rows.value_{{ k }},
    typed_rows.status_{{ k }},
    typed_rows.unit_{{ k }},
    typed_rows.step_{{ k }},
    typed_rows.line_no_{{ k }},
    typed_rows.placed_by_{{ k }}{{ "," if not loop.last }}
    {%- endfor %}
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
    {%- for k in range(1, 8) %}
    cast(null as varchar) as text_{{ k }},
    cast(null as decimal(24, 6)) as value_{{ k }},
    case when form_unit_{{ k }} is not null then 'missing' end as status_{{ k }},
    case when form_unit_{{ k }} = 'count' then 'count' end as unit_{{ k }},
    cast(null as decimal(24, 6)) as step_{{ k }},
    cast(null as integer) as line_no_{{ k }},
    cast(null as varchar) as placed_by_{{ k }}{{ "," if not loop.last }}
    {%- endfor %}
from missing_lines

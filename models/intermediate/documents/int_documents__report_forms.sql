-- The form each of a report's three tables follows. A table the document lacks takes the form of its other tables,
-- else the one in force.
-- grain: report_id, table_no
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

form_tables as (
    select * from {{ ref('stg_form_tables') }}
),

table_numbers as (
    select distinct table_no from {{ ref('stg_form_lines') }}
),

numbered_tables as (
    select
        document_id,
        form_version,
        row_number() over (partition by document_id order by table_no) as place
    from form_tables
),

first_found as (
    select * from numbered_tables
    where place = 1
)

select
    reports.report_id,
    reports.document_id,
    table_numbers.table_no,
    coalesce(
        form_tables.form_version,
        first_found.form_version,
        case when reports.fiscal_year <= 2020 then '2019' else '2021' end
    ) as form_version,
    form_tables.document_id is not null as is_in_document
from reports
cross join table_numbers
left join form_tables
    on
        reports.document_id = form_tables.document_id
        and table_numbers.table_no = form_tables.table_no
left join first_found on reports.document_id = first_found.document_id

-- Lines of a report's forms that its document does not have.
-- grain: report_id, table_no, line_code
with report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

form_lines as (
    select * from {{ ref('stg_form_lines') }}
),

form_rows as (
    select
        document_id,
        table_no,
        line_code
    from {{ ref('stg_form_rows') }}
),

line_counts as (
    select
        form_version,
        table_no,
        count(*) as line_count
    from form_lines
    group by form_version, table_no
),

found_counts as (
    select
        document_id,
        table_no,
        count(*) as found_count
    from form_rows
    group by document_id, table_no
),

-- Most tables are whole: only the others are compared line by line.
incomplete as (
    select report_forms.*
    from report_forms
    inner join line_counts
        on
            report_forms.form_version = line_counts.form_version
            and report_forms.table_no = line_counts.table_no
    left join found_counts
        on
            report_forms.document_id = found_counts.document_id
            and report_forms.table_no = found_counts.table_no
    where coalesce(found_counts.found_count, 0) < line_counts.line_count
),

-- Before the join, or it would gather the lines of every document.
rows_of_incomplete as (
    select * from form_rows
    where document_id in (select incomplete.document_id from incomplete)
)

select
    incomplete.report_id,
    incomplete.form_version,
    form_lines.table_no,
    form_lines.line_code,
    {{ each_cell('form_lines.form_unit_#') }}
from incomplete
inner join form_lines
    on
        incomplete.form_version = form_lines.form_version
        and incomplete.table_no = form_lines.table_no
left join rows_of_incomplete
    on
        incomplete.document_id = rows_of_incomplete.document_id
        and form_lines.table_no = rows_of_incomplete.table_no
        and form_lines.line_code = rows_of_incomplete.line_code
where rows_of_incomplete.document_id is null

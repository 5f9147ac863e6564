-- Lines of counts that may break a rule of their own, and tables (line_code null) that may break one down their
-- columns. Whatever breaks a rule is here; what is here may still lack a figure. Counts are added up as the integers
-- they are, blanks as nothing, of all documents: which of them are reports is asked of the few that are left.
-- Figures of another kind, in int_cells__other_lines, are looked at closely in any case.
-- grain: report_id, table_no, line_code
with other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

line_checks as (
    select * from {{ ref('int_reconciliation__line_checks') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
),

-- Few rows, so that nothing but integers is left to do for each line.
column_terms as (
    select
        form_version,
        table_no,
        line_code,
        check_no,
        {{ each_cell('cast(coalesce(net_#, 0) as integer) as weight_#') }}
    from line_terms
    where axis = 'column'
),

column_margins as (
    select
        form_lines.document_id,
        terms.check_no,
        {{ each_cell('sum(form_lines.count_# * terms.weight_#) as margin_#') }}
    from {{ ref('stg_count_rows') }} as form_lines
    inner join column_terms as terms on {{ on_form_line() }}
    where {{ any_cell('form_lines.count_# <> 0') }}
    group by form_lines.document_id, terms.check_no
),

suspect_rows as (
    select
        column_margins.document_id,
        line_terms.table_no,
        cast(null as varchar) as line_code
    from column_margins
    inner join line_terms on column_margins.check_no = line_terms.check_no and line_terms.is_first_line
    where {{ any_cell('column_margins.margin_# <> 0') }}

    union

    select
        form_lines.document_id,
        form_lines.table_no,
        form_lines.line_code
    from {{ ref('stg_count_rows') }} as form_lines
    inner join line_checks as terms on {{ on_form_line() }}
    where
        not terms.is_plain
        or {{ each_cell('coalesce(form_lines.count_#, 0) * terms.weight_#', ' +') }} <> terms.zero_margin
        or least({{ each_cell('form_lines.count_#') }}) < terms.least_count
        or greatest({{ each_cell('form_lines.count_#') }}) > terms.greatest_count
)

select
    reports.report_id,
    suspect_rows.table_no,
    suspect_rows.line_code
from suspect_rows
inner join reports on suspect_rows.document_id = reports.document_id

union

select
    form_lines.report_id,
    form_lines.table_no,
    cast(null as varchar) as line_code
from other_lines as form_lines
inner join column_terms as terms on {{ on_form_line() }}
where {{ any_cell('form_lines.value_# is not null') }}

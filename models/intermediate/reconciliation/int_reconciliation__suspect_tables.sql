-- Tables that may break a rule down their columns. Whatever breaks one is here; what is here may still lack a figure.
-- The lines of counts are added up as the integers they are, blanks as nothing, of all documents: which of them are
-- reports is asked of the few that are left. A table with a figure of another kind in such a rule is looked at closely
-- in any case.
-- grain: report_id, table_no
with other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'column'
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
)

select
    reports.report_id,
    line_terms.table_no
from column_margins
inner join line_terms on column_margins.check_no = line_terms.check_no and line_terms.is_first_line
inner join reports on column_margins.document_id = reports.document_id
where {{ any_cell('column_margins.margin_# <> 0') }}

union

select
    form_lines.report_id,
    form_lines.table_no
from other_lines as form_lines
inner join column_terms as terms on {{ on_form_line() }}
where {{ any_cell('form_lines.value_# is not null') }}

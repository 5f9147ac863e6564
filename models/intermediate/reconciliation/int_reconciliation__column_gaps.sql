-- The terms that an equation down a column lacks, named: they lie on many lines, so they alone are gathered.
-- A view: whoever asks reads a few of them.
-- grain: report_id, rule_id, table_no, column_code
{{ config(materialized='view', tags=['published']) }}

with lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
)

select
    lines.report_id,
    terms.rule_id,
    terms.table_no,
    terms.column_code,
    {{ dbt.listagg(
        missing_term('terms.term_line_code', 'terms.term_column_code', cell_of('lines.status', 'terms.term_column_no')),
        "','", 'order by terms.side, terms.term_no'
    ) }} as missing_terms
from lines
inner join terms
    on
        terms.axis = 'column'
        and not terms.is_linked
        and lines.form_version = terms.form_version
        and lines.table_no = terms.table_no
        and lines.line_code = terms.term_line_code
where
    ({{ any_cell('lines.value_# is null') }})
    and {{ cell_of('lines.value', 'terms.term_column_no') }} is null
group by lines.report_id, terms.rule_id, terms.table_no, terms.column_code

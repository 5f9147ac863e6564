{# Every equation within a table with its verdict, one row each: a whole select over the CTEs `column_checks`,
   `column_gaps`, `row_checks`, `cell_checks` and `equations` (wide_equations). #}
{% macro table_verdicts() -%}
select
    column_checks.report_id,
    column_checks.rule_id,
    column_checks.table_no,
    equations.line_code,
    equations.column_code,
    {{ cell_of('column_checks.left', 'equations.column_no') }} as left_value,
    {{ cell_of('column_checks.right', 'equations.column_no') }} as right_value,
    {{ cell_of('column_checks.verdict', 'equations.column_no') }} as verdict,
    column_gaps.missing_terms
from column_checks
inner join equations on {{ on_equation('column_checks') }}
left join column_gaps
    on
        column_checks.report_id = column_gaps.report_id
        and column_checks.rule_id = column_gaps.rule_id
        and column_checks.table_no = column_gaps.table_no
        and equations.column_code = column_gaps.column_code

union all

select
    cell_checks.report_id,
    cell_checks.rule_id,
    cell_checks.table_no,
    equations.line_code,
    equations.column_code,
    {{ cell_of('cell_checks.value', 'equations.column_no') }} as left_value,
    {{ cell_of('cell_checks.bound', 'equations.column_no') }} as right_value,
    {{ cell_of('cell_checks.verdict', 'equations.column_no') }} as verdict,
    case
        when {{ cell_of('cell_checks.value', 'equations.column_no') }} is null
            then {{ missing_term(
                'equations.line_code', 'equations.column_code', cell_of('cell_checks.status', 'equations.column_no')
            ) }}
    end as missing_terms
from cell_checks
inner join equations on {{ on_equation('cell_checks') }} and cell_checks.line_code = equations.line_code

union all

select
    report_id,
    rule_id,
    table_no,
    line_code,
    '*' as column_code,
    left_value,
    right_value,
    verdict,
    missing_terms
from row_checks
{%- endmacro %}

{# The terms that an equation down a column lacks, named. They lie on many lines, so they are gathered. #}
{% macro column_gaps(lines) -%}
with lines as (
    select * from {{ lines }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
)

select
    lines.report_id,
    terms.rule_id,
    terms.table_no,
    terms.column_code,
    {{ listed(
        missing_term('terms.term_line_code', 'terms.term_column_code', cell_of('lines.status', 'terms.term_column_no')),
        "','", 'row(terms.side, terms.term_no)'
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
{%- endmacro %}

-- What is printed in the terms of the sums to search, within a report.
-- A view: one model reads it, once.
-- grain: report_id, rule_id, table_no, line_code, column_code, term
{{ config(materialized='view') }}

with searched as (
    select * from {{ ref('int_reconciliation__search_reports') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where not is_linked
),

searched_lines as (
    select * from lines
    where (report_id, table_no) in (select (searched.report_id, searched.table_no) from searched)
)

select
    searched_lines.report_id,
    terms.rule_id,
    terms.form_version,
    terms.table_no,
    terms.line_code,
    terms.column_code,
    rules.tolerance,
    case terms.side when 'left' then terms.weight else -terms.weight end as weight,
    {{ cell_of('searched_lines.value', 'terms.term_column_no') }} as value,
    {{ cell_of('searched_lines.step', 'terms.term_column_no') }} as precision_step
from searched_lines
inner join terms
    on
        searched_lines.form_version = terms.form_version
        and searched_lines.table_no = terms.table_no
        and searched_lines.line_code = terms.term_line_code
inner join rules on terms.rule_id = rules.rule_id

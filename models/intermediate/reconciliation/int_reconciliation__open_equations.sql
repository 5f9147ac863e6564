-- Equations without a plain verdict: not evaluable, or holding only if blanks are zero, and what each of them lacks.
-- Lines without a gap have none, so the checks go over the others alone.
-- grain: report_id, rule_id, table_no, line_code, column_code
with gapped_lines as (
    select * from {{ ref('int_reconciliation__gapped_lines') }}
),

column_checks as (
    {{ column_checks('gapped_lines') }}
),

column_gaps as (
    {{ column_gaps('gapped_lines') }}
),

row_sums as (
    {{ row_sums('gapped_lines') }}
),

row_checks as (
    {{ row_checks('row_sums') }}
),

cell_checks as (
    {{ cell_checks('gapped_lines') }}
),

outward_checks as (
    select * from {{ ref('int_reconciliation__outward_checks') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

{{ wide_equations() }},

table_verdicts as (
    {{ table_verdicts() }}
)

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    verdict,
    missing_terms
from table_verdicts
where verdict in ('not_evaluable', 'pass_if_blank_is_zero')

union all

select
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    verdict,
    missing_terms
from outward_checks
where verdict in ('not_evaluable', 'pass_if_blank_is_zero')

-- Cells that are terms of a broken hard rule: what is read from them may be wrong.
-- grain: report_id, table_no, line_code, column_code
with failed_terms as (
    select * from {{ ref('int_reconciliation__failed_terms') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
)

select distinct
    failed_terms.term_report_id as report_id,
    failed_terms.table_no,
    failed_terms.line_code,
    failed_terms.column_code
from failed_terms
inner join rules on failed_terms.rule_id = rules.rule_id
where rules.severity = 'hard' and failed_terms.line_code is not null

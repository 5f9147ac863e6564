-- Every sum the cells of a repair stand in: those of their own report, and those of the next year's that look back.
-- grain: group_id, repair_no, equation_report_id, rule_id, table_no, equation_line_code, equation_column_code
with cells as (
    select * from {{ ref('int_reconciliation__repair_cells') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

linked_checks as (
    select * from {{ ref('int_reconciliation__linked_checks') }}
),

-- The reports that may ask for a cell of a repair, and which year it is to them.
askers as (
    select distinct
        report_id,
        report_id as equation_report_id,
        0 as year_offset
    from cells
    union all
    select
        cells.report_id,
        previous_reports.report_id as equation_report_id,
        -1 as year_offset
    from (select distinct report_id from cells) as cells
    inner join previous_reports on cells.report_id = previous_reports.previous_report_id
),

linked_equations as (
    select
        askers.report_id,
        askers.equation_report_id,
        askers.year_offset,
        linked_checks.rule_id,
        linked_checks.form_version,
        linked_checks.table_no,
        linked_checks.line_code,
        linked_checks.column_code
    from askers
    inner join linked_checks on askers.equation_report_id = linked_checks.report_id
)

select
    cells.group_id,
    cells.repair_no,
    cells.table_no,
    cells.report_id as equation_report_id,
    terms.rule_id,
    terms.form_version as equation_form_version,
    terms.line_code as equation_line_code,
    terms.column_code as equation_column_code,
    rules.tolerance
from cells
inner join terms
    on
        not terms.is_linked
        and cells.form_version = terms.form_version
        and cells.table_no = terms.table_no
        and cells.line_code = terms.term_line_code
        and cells.column_code = terms.term_column_code
inner join rules on terms.rule_id = rules.rule_id

union

select
    cells.group_id,
    cells.repair_no,
    cells.table_no,
    linked_equations.equation_report_id,
    terms.rule_id,
    terms.form_version as equation_form_version,
    terms.line_code as equation_line_code,
    terms.column_code as equation_column_code,
    rules.tolerance
from cells
inner join linked_equations
    on
        cells.report_id = linked_equations.report_id
        and cells.table_no = linked_equations.table_no
inner join terms
    on
        linked_equations.rule_id = terms.rule_id
        and linked_equations.form_version = terms.form_version
        and linked_equations.table_no = terms.table_no
        and linked_equations.line_code = terms.line_code
        and linked_equations.column_code = terms.column_code
        and linked_equations.year_offset = terms.year_offset
        and cells.line_code = terms.term_line_code
        and cells.column_code = terms.term_column_code
inner join rules on terms.rule_id = rules.rule_id

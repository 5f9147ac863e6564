-- The lines of the reports that break an equation, of those a year before and after and of their members, so that
-- the large table is searched for them once.
-- grain: report_id, table_no, line_code
with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where axis = 'hierarchy'
),

members as (
    select * from {{ ref('int_documents__member_reports') }}
),

faulty_reports as (
    select report_id from failed_equations
    union
    select previous_reports.previous_report_id as report_id
    from previous_reports
    inner join failed_equations on previous_reports.report_id = failed_equations.report_id
    union
    select previous_reports.report_id
    from previous_reports
    inner join failed_equations on previous_reports.previous_report_id = failed_equations.report_id
    union
    select members.member_report_id as report_id
    from members
    inner join failed_equations on members.report_id = failed_equations.report_id
    where failed_equations.rule_id in (select terms.rule_id from terms)
),

faulty_documents as (
    select
        report_id,
        document_id
    from {{ ref('int_documents__reports') }}
    where report_id in (select faulty_reports.report_id from faulty_reports)
),

count_lines as (
    {{ count_lines('faulty_documents') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
    where report_id in (select faulty_reports.report_id from faulty_reports)
),

form_lines as (
    {{ form_lines() }}
)

select
    report_id,
    form_version,
    table_no,
    line_code,
    page_no,
    line_no,
    {{ each_cell('value_#, step_#, line_no_#') }}
from form_lines

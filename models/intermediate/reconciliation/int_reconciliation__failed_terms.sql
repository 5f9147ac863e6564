-- The terms of every broken equation with what is printed in them, in the report, that of the year before or those
-- of its members (term_report_id); constants have no cell.
-- grain: finding_id, side, term_no
with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

members as (
    select
        *,
        row_number() over (partition by report_id order by member_agency_id) - 1 as member_place
    from {{ ref('int_documents__member_reports') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

failed_terms as (
    select
        failed_equations.finding_id,
        failed_equations.report_id,
        case
            when terms.axis = 'hierarchy' and terms.side = 'right' then members.member_report_id
            when terms.year_offset = 0 then failed_equations.report_id
            else previous_reports.previous_report_id
        end as term_report_id,
        members.member_name,
        members.expected_member_count,
        failed_equations.rule_id,
        failed_equations.form_version,
        failed_equations.table_no,
        terms.side,
        -- A term of the members is a term for each of them.
        terms.term_no + coalesce(members.member_place, 0) as term_no,
        terms.term_line_code as line_code,
        terms.term_column_code as column_code,
        terms.term_column_no as column_no,
        terms.weight
    from failed_equations
    inner join terms
        on
            failed_equations.rule_id = terms.rule_id
            and failed_equations.form_version = terms.form_version
            and failed_equations.table_no = terms.table_no
            and failed_equations.line_code = terms.line_code
            and failed_equations.column_code = terms.column_code
    left join previous_reports on failed_equations.report_id = previous_reports.report_id
    left join members
        on
            terms.axis = 'hierarchy'
            and terms.side = 'right'
            and failed_equations.report_id = members.report_id
)

select
    failed_terms.*,
    lines.form_version as term_form_version,
    {{ cell_of('lines.value', 'failed_terms.column_no') }} as value,
    {{ cell_of('lines.step', 'failed_terms.column_no') }} as precision_step,
    lines.page_no,
    coalesce({{ cell_of('lines.line_no', 'failed_terms.column_no') }}, lines.line_no) as line_no
from failed_terms
left join lines
    on
        failed_terms.term_report_id = lines.report_id
        and failed_terms.table_no = lines.table_no
        and failed_terms.line_code = lines.line_code
-- A member without a figure is not in the sum.
where failed_terms.member_name is null or {{ cell_of('lines.value', 'failed_terms.column_no') }} is not null

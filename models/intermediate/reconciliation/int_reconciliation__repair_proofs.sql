-- Each repair put to the test: every sum that contains one of its cells, as printed and with the changed values.
-- A sum that lacks a term proves nothing either way and is left out.
-- grain: group_id, repair_no, equation_report_id, rule_id, table_no, equation_line_code, equation_column_code
with sums as (
    select * from {{ ref('int_reconciliation__repair_sums') }}
),

cells as (
    select * from {{ ref('int_reconciliation__repair_cells') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

lines as (
    select * from {{ ref('int_reconciliation__faulty_lines') }}
),

failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

sum_terms as (
    select
        sums.*,
        terms.side,
        terms.term_no,
        terms.term_line_code,
        terms.term_column_code,
        terms.term_column_no,
        case terms.side when 'left' then 1 else -1 end as sign,
        terms.weight,
        terms.term_line_code is null as is_constant,
        case when terms.year_offset = 0 then sums.equation_report_id else previous_reports.previous_report_id end
            as term_report_id
    from sums
    inner join terms
        on
            sums.rule_id = terms.rule_id
            and sums.equation_form_version = terms.form_version
            and sums.table_no = terms.table_no
            and sums.equation_line_code = terms.line_code
            and sums.equation_column_code = terms.column_code
    left join previous_reports on sums.equation_report_id = previous_reports.report_id
),

changed_terms as (
    select
        sum_terms.*,
        {{ cell_of('lines.step', 'sum_terms.term_column_no') }} as precision_step,
        case
            when sum_terms.is_constant then 1
            else {{ cell_of('lines.value', 'sum_terms.term_column_no') }}
        end as printed_value,
        cells.suggested_value
    from sum_terms
    left join lines
        on
            sum_terms.term_report_id = lines.report_id
            and sum_terms.table_no = lines.table_no
            and sum_terms.term_line_code = lines.line_code
    left join cells
        on
            sum_terms.group_id = cells.group_id
            and sum_terms.repair_no = cells.repair_no
            and sum_terms.term_report_id = cells.report_id
            and sum_terms.table_no = cells.table_no
            and sum_terms.term_line_code = cells.line_code
            and sum_terms.term_column_code = cells.column_code
),

-- Few terms change, so few are written twice.
worded_terms as (
    select
        *,
        coalesce(suggested_value, printed_value) as value,
        {{ term_text('is_constant', 'printed_value', 'weight') }} as text_printed,
        case
            when suggested_value is not null then {{ term_text('is_constant', 'suggested_value', 'weight') }}
            else text_printed
        end as text_repaired
    from changed_terms
),

added_up as (
    select
        group_id,
        repair_no,
        equation_report_id,
        table_no,
        rule_id,
        equation_line_code,
        equation_column_code,
        {{ repaired_sides() }},
        sum(sign * weight * value) as difference,
        tolerance + coalesce(sum(abs(weight) * precision_step), 0) * 0.5 as slack
    from worded_terms
    group by
        group_id, repair_no, equation_report_id, table_no, rule_id, equation_line_code, equation_column_code, tolerance
    having count(*) = count(value)
)

select
    added_up.*,
    failed_equations.finding_id,
    abs(added_up.difference) <= added_up.slack as holds
from added_up
left join failed_equations
    on
        added_up.equation_report_id = failed_equations.report_id
        and added_up.rule_id = failed_equations.rule_id
        and added_up.table_no = failed_equations.table_no
        and added_up.equation_line_code = failed_equations.line_code
        and added_up.equation_column_code = failed_equations.column_code

-- Each candidate put to the test: every sum that contains the cell, added up anew with the changed value.
-- A sum that lacks a term proves nothing either way and is left out.
-- grain: group_id, report_id, table_no, line_code, column_code, equation_report_id, rule_id, equation_line_code,
-- equation_column_code
with sums as (
    select * from {{ ref('int_reconciliation__repair_sums') }}
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

changed_terms as (
    select
        sums.*,
        terms.side,
        terms.term_no,
        terms.weight,
        terms.term_line_code is null as is_constant,
        case
            when
                terms.term_line_code = sums.line_code
                and terms.term_column_code = sums.column_code
                and terms.year_offset = case when sums.equation_report_id = sums.report_id then 0 else -1 end
                then sums.suggested_value
            else {{ cell_of('lines.value', 'terms.term_column_no') }}
        end as value,
        {{ cell_of('lines.step', 'terms.term_column_no') }} as precision_step
    from sums
    inner join terms
        on
            sums.rule_id = terms.rule_id
            and sums.equation_form_version = terms.form_version
            and sums.table_no = terms.table_no
            and sums.equation_line_code = terms.line_code
            and sums.equation_column_code = terms.column_code
    left join previous_reports on sums.equation_report_id = previous_reports.report_id
    left join lines
        on
            case when terms.year_offset = 0 then sums.equation_report_id else previous_reports.previous_report_id end
            = lines.report_id
            and terms.table_no = lines.table_no
            and terms.term_line_code = lines.line_code
),

added_up as (
    select
        group_id,
        report_id,
        equation_report_id,
        table_no,
        line_code,
        column_code,
        rule_id,
        equation_line_code,
        equation_column_code,
        sum(
            case side when 'left' then 1 else -1 end * weight * case when is_constant then 1 else value end
        ) as difference,
        tolerance + coalesce(sum(abs(weight) * precision_step), 0) * 0.5 as slack,
        count(case when not is_constant and value is null then 1 end) as terms_missing,
        {{ side_text("side = 'left'", term_text('is_constant', 'value', 'weight'), 'term_no') }} as left_text,
        {{ side_text("side = 'right'", term_text('is_constant', 'value', 'weight'), 'term_no') }} as right_text
    from changed_terms
    group by
        group_id,
        report_id,
        equation_report_id,
        table_no,
        line_code,
        column_code,
        rule_id,
        equation_line_code,
        equation_column_code,
        tolerance
)

select
    added_up.group_id,
    added_up.report_id,
    added_up.equation_report_id,
    added_up.table_no,
    added_up.line_code,
    added_up.column_code,
    added_up.rule_id,
    added_up.equation_line_code,
    added_up.equation_column_code,
    failed_equations.finding_id,
    added_up.left_text,
    added_up.right_text,
    abs(added_up.difference) <= added_up.slack as holds
from added_up
left join failed_equations
    on
        added_up.equation_report_id = failed_equations.report_id
        and added_up.rule_id = failed_equations.rule_id
        and added_up.table_no = failed_equations.table_no
        and added_up.equation_line_code = failed_equations.line_code
        and added_up.equation_column_code = failed_equations.column_code
where added_up.terms_missing = 0

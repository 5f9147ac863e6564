-- Rules that look at the report of the year before as well: both sides and the verdict, one row an equation. Few cells
-- of a report are in such a rule, so they are taken one by one.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(tags=['published']) }}

with linked_terms as (
    select * from {{ ref('int_reconciliation__linked_terms') }}
),

lines as (
    select * from {{ ref('int_reconciliation__linked_lines') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

asked as (
    select
        previous_reports.report_id,
        previous_reports.previous_report_id,
        case linked_terms.year_offset
            when 0 then previous_reports.report_id
            else previous_reports.previous_report_id
        end as term_report_id,
        linked_terms.*
    from previous_reports
    inner join report_forms on previous_reports.report_id = report_forms.report_id
    inner join report_forms as earlier_forms
        on
            previous_reports.previous_report_id = earlier_forms.report_id
            and report_forms.table_no = earlier_forms.table_no
    inner join linked_terms
        on
            report_forms.form_version = linked_terms.form_version
            and report_forms.table_no = linked_terms.table_no
            and earlier_forms.form_version = linked_terms.earlier_form_version
),

cells as (
    select
        asked.*,
        {{ cell_of('lines.value', 'asked.term_column_no') }} as value,
        {{ cell_of('lines.status', 'asked.term_column_no') }} as value_status,
        {{ cell_of('lines.step', 'asked.term_column_no') }} as precision_step
    from asked
    inner join lines
        on
            asked.term_report_id = lines.report_id
            and asked.table_no = lines.table_no
            and asked.term_line_code = lines.line_code
),

sums as (
    select
        report_id,
        previous_report_id,
        rule_id,
        form_version,
        earlier_form_version,
        table_no,
        line_code,
        column_code,
        tolerance,
        has_floor,
        is_capped_by_right,
        is_capped_by_upper,
        sum(case when side = 'left' then weight * value end) as left_sum,
        sum(case when side = 'right' then weight * value end) as right_sum,
        coalesce(sum(abs(weight) * precision_step), 0) as slack_steps,
        bool_or(side = 'left' and value is null) as has_left_gap,
        bool_or(side = 'right' and value is null) as has_right_gap,
        bool_or(value is null and value_status <> 'blank') as has_gap_not_blank,
        {{ listed(
            "case when value is null then " ~ missing_term(
                'term_line_code', 'term_column_code', "concat(case when year_offset < 0 then 'last year ' else '' end, value_status)"
            ) ~ " end",
            "','", 'row(side, term_no)'
        ) }} as missing_terms
    from cells
    group by all
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    column_code,
    cast(case when not has_left_gap then left_sum end as decimal(38, 6)) as left_value,
    cast(case when not has_right_gap then right_sum end as decimal(38, 6)) as right_value,
    {{ verdict(
        has_gap='(has_left_gap or has_right_gap)',
        has_gap_not_blank='has_gap_not_blank',
        holds=relation_holds('coalesce(left_sum, 0) - coalesce(right_sum, 0)', 'tolerance + slack_steps * 0.5'),
    ) }} as verdict,
    missing_terms,
    previous_report_id,
    earlier_form_version,
    tolerance = 0 and slack_steps = 0 as is_exact
from sums

-- Rules that hold a consolidated report against its known members: both sides and the verdict, one row a cell.
-- Counts are not below zero, so a sum of some members is a lower bound: it can prove the rule broken though others lack
-- their figure, but never that it holds. The left side is the report's own, the right that of every member.
-- grain: report_id, rule_id, table_no, line_code, column_code
{{ config(tags=['published']) }}

with members as (
    select * from {{ ref('int_documents__member_reports') }}
),

terms as (
    select
        terms.*,
        rules.tolerance,
        relations.has_floor,
        coalesce(relations.ceiling_side = 'right', false) as is_capped_by_right
    from {{ ref('int_reconciliation__terms') }} as terms
    inner join {{ ref('reconciliation_rules') }} as rules on terms.rule_id = rules.rule_id
    inner join {{ ref('reconciliation_relations') }} as relations on rules.relation = relations.relation
    where terms.axis = 'hierarchy'
),

lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

parts as (
    select distinct
        report_id,
        report_id as term_report_id,
        'left' as side,
        cast(null as varchar) as member_agency_id
    from members
    union all
    select
        report_id,
        member_report_id as term_report_id,
        'right' as side,
        member_agency_id
    from members
),

cells as (
    select
        parts.report_id,
        parts.member_agency_id,
        terms.*,
        {{ cell_of('lines.value', 'terms.term_column_no') }} as value,
        coalesce({{ cell_of('lines.status', 'terms.term_column_no') }}, 'missing') as value_status,
        {{ cell_of('lines.step', 'terms.term_column_no') }} as precision_step
    from parts
    inner join report_forms on parts.report_id = report_forms.report_id
    inner join terms
        on
            report_forms.form_version = terms.form_version
            and report_forms.table_no = terms.table_no
            and parts.side = terms.side
    left join lines
        on
            parts.term_report_id = lines.report_id
            and terms.table_no = lines.table_no
            and terms.term_line_code = lines.line_code
),

sums as (
    select
        report_id,
        rule_id,
        form_version,
        table_no,
        line_code,
        column_code,
        tolerance,
        has_floor,
        is_capped_by_right,
        false as is_capped_by_upper,
        coalesce(sum(case when side = 'left' then weight * value end), 0) as left_sum,
        coalesce(sum(case when side = 'right' then weight * value end), 0) as right_sum,
        coalesce(sum(abs(weight) * precision_step), 0) as slack_steps,
        bool_or(side = 'left' and value is null) as has_left_gap,
        bool_or(side = 'right' and value is null) as has_right_gap,
        bool_or(value is null and value_status <> 'blank') as has_gap_not_blank,
        count(case when side = 'right' and value is not null then 1 end) as member_count,
        {{ listed(
            "case when value is null then concat(case when side = 'right' then concat(member_agency_id, ' ') else '' end, "
            ~ missing_term('line_code', 'column_code', 'value_status') ~ ") end",
            "','", 'row(side, member_agency_id)'
        ) }} as missing_terms
    from cells
    group by all
),

judged as (
    select
        *,
        {{ relation_holds('left_sum - right_sum', 'tolerance + slack_steps * 0.5') }} as holds,
        case
            when not has_left_gap and not holds then 'fail'
            else {{ verdict('(has_left_gap or has_right_gap)', 'has_gap_not_blank', 'holds') }}
        end as verdict
    from sums
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    column_code,
    cast(case when not has_left_gap then left_sum end as decimal(38, 6)) as left_value,
    cast(case when not has_right_gap or verdict = 'fail' then right_sum end as decimal(38, 6)) as right_value,
    verdict,
    missing_terms,
    cast(member_count as integer) as member_count
from judged

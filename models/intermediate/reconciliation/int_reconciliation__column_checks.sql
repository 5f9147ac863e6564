-- Rules that run down a column: both sides and the verdict in each of the seven columns.
-- Sums take only lines that hold a figure, gaps only lines that lack one: most lines of a form print zeros.
-- grain: report_id, rule_id, table_no
{{ config(tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'column'
),

-- Every report has a row for every line of its form, so the first line of a rule is there once a report.
checks as (
    select
        form_lines.report_id,
        terms.check_no
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where terms.is_first_line
),

sums as (
    select
        form_lines.report_id,
        terms.check_no,
        {{ each_cell(
            'sum(' ~ signed('form_lines.value_#', 'terms.left_#') ~ ') as left_#, '
            ~ 'sum(' ~ signed('form_lines.value_#', 'terms.right_#') ~ ') as right_#'
        ) }}
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where {{ any_cell('form_lines.value_# <> 0') }}
    group by form_lines.report_id, terms.check_no
),

gaps as (
    select
        form_lines.report_id,
        terms.check_no,
        {{ each_cell(
            'count(case when form_lines.value_# is null then terms.left_# end) as left_missing_#, '
            'count(case when form_lines.value_# is null then terms.right_# end) as right_missing_#, '
            "count(case when form_lines.status_# = 'blank' then coalesce(terms.left_#, terms.right_#) end) as blank_#, "
            'sum(form_lines.step_# * (abs(coalesce(terms.left_#, 0)) + abs(coalesce(terms.right_#, 0)))) as step_#'
        ) }}
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where {{ any_cell('form_lines.value_# is null or form_lines.step_# is not null') }}
    group by form_lines.report_id, terms.check_no
),

evaluated as (
    select
        checks.report_id,
        terms.rule_id,
        terms.form_version,
        terms.table_no,
        terms.tolerance,
        terms.has_floor,
        terms.is_capped_by_right,
        terms.is_capped_by_upper,
        {{ each_cell(
            'coalesce(terms.left_#, terms.right_#) is not null as has_#, '
            'coalesce(sums.left_#, 0) as left_sum_#, '
            'coalesce(sums.right_#, 0) as right_sum_#, '
            'coalesce(gaps.left_missing_#, 0) as left_missing_#, '
            'coalesce(gaps.right_missing_#, 0) as right_missing_#, '
            'coalesce(gaps.blank_#, 0) as blank_#, '
            'gaps.step_#'
        ) }}
    from checks
    inner join terms on checks.check_no = terms.check_no and terms.is_first_line
    left join sums on checks.report_id = sums.report_id and checks.check_no = sums.check_no
    left join gaps on checks.report_id = gaps.report_id and checks.check_no = gaps.check_no
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    {{ each_cell(
        'case when has_# and left_missing_# = 0 then cast(left_sum_# as decimal(38, 6)) end as left_#, '
        ~ 'case when has_# and right_missing_# = 0 then cast(right_sum_# as decimal(38, 6)) end as right_#, '
        ~ 'case when has_# then ' ~ verdict(
            missing='left_missing_# + right_missing_#',
            blank='blank_#',
            holds=relation_holds('left_sum_# - right_sum_#', 'tolerance + coalesce(step_#, 0) * 0.5'),
        ) ~ ' end as verdict_#'
    ) }}
from evaluated

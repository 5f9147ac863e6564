-- Rules that run down a column: both sides and the verdict in each of the seven columns.
-- Only lines that are not all zeros are added up: most lines of a form are.
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

-- What a column adds up to, and whether it has a gap: a term without a figure.
sums as (
    select
        form_lines.report_id,
        terms.check_no,
        {{ each_cell(
            'sum(' ~ signed('form_lines.value_#', 'terms.left_#') ~ ') as left_#, '
            ~ 'sum(' ~ signed('form_lines.value_#', 'terms.right_#') ~ ') as right_#, '
            ~ 'bool_or(form_lines.value_# is null and terms.left_# is not null) as has_left_gap_#, '
            ~ 'bool_or(form_lines.value_# is null and terms.right_# is not null) as has_right_gap_#, '
            ~ "bool_or(form_lines.value_# is null and coalesce(form_lines.status_#, '') <> 'blank' "
            ~ 'and coalesce(terms.left_#, terms.right_#) is not null) as has_gap_not_blank_#'
        ) }}
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where {{ any_cell('form_lines.value_# <> 0 or form_lines.value_# is null') }}
    group by form_lines.report_id, terms.check_no
),

-- Rounded figures are rare: their precision steps are added up apart.
roundings as (
    select
        form_lines.report_id,
        terms.check_no,
        {{ each_cell(
            'sum(form_lines.step_# * (abs(coalesce(terms.left_#, 0)) + abs(coalesce(terms.right_#, 0)))) as step_#'
        ) }}
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where {{ any_cell('form_lines.step_# is not null') }}
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
            'coalesce(sums.has_left_gap_#, false) as has_left_gap_#, '
            'coalesce(sums.has_right_gap_#, false) as has_right_gap_#, '
            'coalesce(sums.has_gap_not_blank_#, false) as has_gap_not_blank_#, '
            'roundings.step_#'
        ) }}
    from checks
    inner join terms on checks.check_no = terms.check_no and terms.is_first_line
    left join sums on checks.report_id = sums.report_id and checks.check_no = sums.check_no
    left join roundings on checks.report_id = roundings.report_id and checks.check_no = roundings.check_no
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    {{ each_cell(
        'case when has_# and not has_left_gap_# then left_sum_# end as left_#, '
        ~ 'case when has_# and not has_right_gap_# then right_sum_# end as right_#, '
        ~ 'case when has_# then ' ~ verdict(
            has_gap='(has_left_gap_# or has_right_gap_#)',
            has_gap_not_blank='has_gap_not_blank_#',
            holds=relation_holds('left_sum_# - right_sum_#', 'tolerance + coalesce(step_#, 0) * 0.5'),
        ) ~ ' end as verdict_#'
    ) }}
from evaluated

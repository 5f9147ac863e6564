{# The three checks within a table, each over some relation of form lines: all of them for the views of every verdict, those
   that may break a rule for what is built of the broken ones. #}

{% macro column_checks(lines) -%}
with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'column'
),

-- Every report has a row for every line of its form, so the first line of a rule is there once a report.
checks as (
    select
        form_lines.report_id,
        terms.check_no
    from {{ lines }} as form_lines
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
    from {{ lines }} as form_lines
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
    from {{ lines }} as form_lines
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
{%- endmacro %}

{% macro row_sums(lines) -%}
with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'row'
),

level_rules as (
    select * from {{ ref('int_reconciliation__level_rules') }}
),

-- Weights such as 1000, upper bounds and required units are for a few lines; the CASEs keep them away from the others.
added_up as (
    select
        form_lines.report_id,
        terms.rule_id,
        form_lines.form_version,
        form_lines.table_no,
        form_lines.line_code,
        {{ each_cell('form_lines.value_#, form_lines.status_#, form_lines.unit_#') }},
        terms.has_floor,
        terms.is_capped_by_right,
        terms.is_capped_by_upper,
        terms.is_plain,
        terms.net_constant + {{ sum_cells(signed('form_lines.value_#', 'terms.net_#')) }} as plain_margin,
        case
            when not terms.is_plain then terms.net_constant + {{ sum_cells('form_lines.value_# * terms.net_#') }}
        end as scaled_margin,
        case
            when terms.is_capped_by_upper
                then terms.upper_net_constant + {{ sum_cells('form_lines.value_# * terms.upper_net_#') }}
        end as upper_margin,
        case
            when {{ any_cell('form_lines.step_# is not null') }}
                then terms.tolerance + ({{ sum_cells('form_lines.step_# * abs(terms.net_#)') }}) * 0.5
            else terms.tolerance
        end as slack,
        case
            when terms.is_capped_by_upper
                then terms.tolerance + ({{ sum_cells('form_lines.step_# * abs(terms.upper_net_#)') }}) * 0.5
        end as upper_slack,
        coalesce(level_rules.is_level_known, true) as is_level_known,
        {{ any_cell('(terms.net_# is not null and form_lines.value_# is null)') }}
        or case when terms.needs_unit then {{ any_cell(is_in_other_unit('form_lines.unit_#')) }} else false end
        or not coalesce(level_rules.is_level_known, true) as has_gap
    from {{ lines }} as form_lines
    inner join terms on {{ on_form_line() }}
    left join level_rules
        on form_lines.report_id = level_rules.report_id and terms.level_rule_id = level_rules.rule_id
    where terms.level_rule_id is null or level_rules.rule_id is not null
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    {{ each_cell('value_#, status_#, unit_#') }},
    is_level_known,
    has_gap,
    coalesce(upper_margin > 0, false) as is_above_upper,
    case
        when is_plain then {{ relation_holds('plain_margin', 'slack') }}
        else {{ relation_holds('scaled_margin', 'slack', 'upper_margin', 'upper_slack') }}
    end as holds
from added_up
{%- endmacro %}

{% macro cell_checks(lines) -%}
with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'single'
),

applicable as (
    select
        form_lines.report_id,
        terms.rule_id,
        form_lines.form_version,
        form_lines.table_no,
        form_lines.line_code,
        {{ each_cell('form_lines.value_#, form_lines.status_#, form_lines.step_#, terms.left_#') }},
        terms.floor_constant,
        terms.ceiling_constant,
        terms.right_constant,
        terms.upper_constant,
        terms.tolerance,
        terms.has_floor,
        terms.is_capped_by_right,
        terms.is_capped_by_upper,
        terms.must_be_whole
    from {{ lines }} as form_lines
    inner join terms on {{ on_form_line() }}
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    -- Of two bounds the broken one is shown.
    {{ each_cell(
        'value_#, '
        'status_#, '
        'cast(case when value_# > upper_constant then upper_constant else right_constant end as decimal(38, 6)) as bound_#, '
        ~ 'case when left_# is not null then ' ~ verdict(
            has_gap='value_# is null',
            has_gap_not_blank="coalesce(status_#, '') <> 'blank'",
            holds=cell_holds(),
        ) ~ ' end as verdict_#'
    ) }},
    {{ each_cell(
        'coalesce(left_# is not null and value_# is not null and not ' ~ cell_holds() ~ ', false) as fails_#'
    ) }},
    {{ any_cell(cell_is_suspect()) }} as is_suspect
from applicable
{%- endmacro %}

{# `sums` has the columns of row_sums. #}
{% macro row_checks(sums) -%}
with row_sums as (
    select * from {{ sums }}
),

terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'row'
),

spelt_out as (
    select
        row_sums.*,
        {{ each_cell(
            'terms.left_#, terms.right_#, terms.upper_#, terms.net_#, terms.column_#, terms.required_unit_#'
        ) }},
        terms.left_constant,
        terms.right_constant,
        terms.upper_constant
    from row_sums
    inner join terms
        on
            row_sums.rule_id = terms.rule_id
            and row_sums.form_version = terms.form_version
            and row_sums.table_no = terms.table_no
            and row_sums.line_code = terms.line_code
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    case when not ({{ any_cell(is_gap('left_#')) }}) then {{ side_sum('left') }} end as left_value,
    -- Of two bounds the broken one is shown.
    case
        when {{ any_cell(is_gap('coalesce(right_#, upper_#)')) }} then null
        when is_above_upper then {{ side_sum('upper') }}
        else {{ side_sum('right') }}
    end as right_value,
    {{ verdict(
        has_gap='has_gap',
        has_gap_not_blank='(not is_level_known or '
        ~ any_cell('(' ~ is_gap('net_#') ~ " and coalesce(status_#, '') <> 'blank')") ~ ')',
        holds='holds',
    ) }} as verdict,
    -- Spelt out here, from the line itself, so that no view has to gather cells again.
    nullif(concat_ws(
        ',',
        {{ each_cell(
            'case when ' ~ is_gap('net_#')
            ~ ' then ' ~ missing_term('line_code', 'column_#', gap_status('status_#', 'unit_#')) ~ ' end'
        ) }},
        case when not is_level_known then 'agency×level:unknown' end
    ), '') as missing_terms
from spelt_out
{%- endmacro %}

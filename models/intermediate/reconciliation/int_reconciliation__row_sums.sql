-- Rules that run along a line, added up: whether left and right agree and whether a term lacks its figure.
-- A view with as many rows as lines are covered; what nobody asks for of it costs nothing.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

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
    from {{ ref('int_cells__form_lines') }} as form_lines
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

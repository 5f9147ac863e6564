{# What the checks of the rule engine share. `form_lines` are the lines of the reports, `terms` the rows of
   int_reconciliation__line_terms. A decimal that changes its width costs ten times an addition, a product likewise:
   so figures keep the type they have on the line until they are added up. #}

{% macro on_form_line() -%}
    form_lines.form_version = terms.form_version
    and form_lines.table_no = terms.table_no
    and form_lines.line_code = terms.line_code
{%- endmacro %}

{# Over the seven cells of a line, # standing for the number of the cell as in each_cell. #}
{% macro any_cell(condition) -%}
    {{ each_cell(condition, ' or') }}
{%- endmacro %}

{# What is null is no part of the sum. #}
{% macro sum_cells(amount) -%}
    {{ each_cell('coalesce(' ~ amount ~ ', 0)', ' +') }}
{%- endmacro %}

{# For int_reconciliation__line_terms, inside each_cell: the weight cell # has on one side of a rule. #}
{% macro weight_of_cell(side) -%}
    cast(sum(case when side = '{{ side }}' and term_column_no = # then weight end) as decimal(12, 0))
{%- endmacro %}

{# A figure with the weight 1 or -1; other weights are for rules along a line, which are few. #}
{% macro signed(amount, weight) -%}
    case when {{ weight }} = 1 then {{ amount }} when {{ weight }} = -1 then -{{ amount }} end
{%- endmacro %}

{# One side of a rule on a line, for showing it. #}
{% macro side_sum(side) -%}
    cast(coalesce({{ side }}_constant, 0) + {{ sum_cells('value_# * ' ~ side ~ '_#') }} as decimal(38, 6))
{%- endmacro %}

{# Whether cell # is a term (it has a weight) that cannot be used: no figure in it, or one in another unit than asked for. #}
{% macro is_gap(weight) -%}
    ({{ weight }} is not null and (value_# is null or {{ is_in_other_unit('unit_#') }}))
{%- endmacro %}

{% macro is_in_other_unit(unit) -%}
    (required_unit_# is not null and coalesce({{ unit }}, '') <> required_unit_#)
{%- endmacro %}

{# The relation of a rule, loosened by its tolerance and by half a step of what is printed rounded. `margin` is left minus
   right, `upper_margin` left minus the upper bound (null where the rule has none). Written as bounds: no model knows what
   `eq` or `between` means. Nearly all margins are zero, and what only the others need is written once, lest it is hoisted
   out of the CASE and computed for every line. #}
{% macro relation_holds(margin, slack, upper_margin='null', upper_slack='null') -%}
    case
        when {{ margin }} = 0 and not is_capped_by_upper then true
        else
            case
                when is_capped_by_right then case when has_floor then abs({{ margin }}) else {{ margin }} end
                when has_floor then -({{ margin }})
                else 0
            end <= {{ slack }}
            and coalesce({{ upper_margin }} <= {{ upper_slack }}, true)
    end
{%- endmacro %}

{# Never a silent pass, never a zero made up: where a term has no figure the equation is only known if all such terms are
   blank and it holds with zeros, and then the verdict says so. `holds` counts a term without a figure as zero. #}
{% macro verdict(has_gap, has_gap_not_blank, holds) -%}
    case
        when not {{ has_gap }} then case when {{ holds }} then 'pass' else 'fail' end
        when {{ has_gap_not_blank }} then 'not_evaluable'
        when {{ holds }} then 'pass_if_blank_is_zero'
        else 'not_evaluable'
    end
{%- endmacro %}

{# The remainder of a DECIMAL(24, 6) takes ten times that of a 64-bit one, which holds every figure below 10^12. #}
{% macro is_whole(amount) -%}
    coalesce(try_cast({{ amount }} as decimal(18, 6)) % 1, {{ amount }} % 1) = 0
{%- endmacro %}

{# Whether cell # is beyond a bound or a fraction, before roundings are excused: what cannot fail is told by a few
   comparisons. Nothing is written twice here, for that would be hoisted and computed for every cell. #}
{% macro cell_is_suspect() -%}
    (
        left_# is not null
        and (
            value_# < floor_constant
            or value_# > ceiling_constant
            or (must_be_whole and value_# <> 0 and not {{ is_whole('value_#') }})
        )
    )
{%- endmacro %}

{# A missing cell counts as zero here; verdict() asks about it first. A rule without a right side has no bound to keep. #}
{% macro cell_holds(value='coalesce(value_#, 0)', slack='tolerance + coalesce(step_#, 0) * 0.5') -%}
    case
        when not {{ relation_holds(
            value ~ ' - coalesce(right_constant, 0)', slack, value ~ ' - upper_constant', slack
        ) }} then false
        when must_be_whole then {{ is_whole(value) }}
        else true
    end
{%- endmacro %}

{# A missing term as rule_results names it: line×column:status. #}
{% macro missing_term(line, column, status) -%}
    concat({{ line }}, '×', {{ column }}, ':', {{ status }})
{%- endmacro %}

{# Why a term is missing: the status of its cell, or for a figure in another unit than the rule asks for, that unit. #}
{% macro gap_status(status, unit) -%}
    case when {{ status }} = 'reported' then coalesce({{ unit }}, 'unstated') else {{ status }} end
{%- endmacro %}

{# Equations that lie in one of the seven parallel columns of a wide check, as CTE `equations`, from CTE `terms`. #}
{% macro wide_equations() -%}
equations as (
    select distinct
        rule_id,
        form_version,
        table_no,
        line_code,
        column_code,
        term_column_no as column_no
    from terms
    where axis in ('column', 'single') and term_line_code is not null and not is_linked
)
{%- endmacro %}

{% macro on_equation(checks) -%}
    {{ checks }}.rule_id = equations.rule_id
    and {{ checks }}.form_version = equations.form_version
    and {{ checks }}.table_no = equations.table_no
{%- endmacro %}

{# One side of a broken equation from its terms, one row each; null where the rule has no such side. #}
{% macro failed_side(side) -%}
    cast(
        sum(case when side = '{{ side }}' then weight * case when line_code is null then 1 else value end end)
        as decimal(38, 6)
    )
{%- endmacro %}

-- Rules that run along a line, added up: how far left and right are apart and how many terms are missing.
-- A view with as many rows as lines are covered; status and unit are only passed on and cost nothing where nobody asks.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'row'
),

level_rules as (
    select * from {{ ref('int_reconciliation__level_rules') }}
),

-- Nearly all of it: weights of 1 and -1, and the rule binds everyone.
plain as (
    select
        {{ row_columns(unit='cast(null as varchar)', figure=signed('form_lines.value_#', 'terms.net_#')) }},
        cast(null as decimal(38, 6)) as upper_margin,
        cast(null as decimal(38, 6)) as upper_slack,
        true as is_level_known,
        {{ count_cells('terms.net_# is not null and form_lines.value_# is null') }} as terms_missing
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where terms.is_plain
),

-- A weight such as 1000, an upper bound, a unit that must be known, or a rule for some administrative levels only.
special as (
    select
        {{ row_columns(unit='form_lines.unit_#', figure='form_lines.value_# * terms.net_#') }},
        case when terms.is_capped_by_upper then cast(
            terms.left_constant - coalesce(terms.upper_constant, 0)
            + {{ sum_cells('form_lines.value_# * terms.upper_net_#') }} as decimal(38, 6)
        ) end as upper_margin,
        cast(
            terms.tolerance + ({{ sum_cells('form_lines.step_# * abs(terms.upper_net_#)') }}) * 0.5 as decimal(38, 6)
        ) as upper_slack,
        coalesce(level_rules.is_level_known, true) as is_level_known,
        {{ count_cells(is_gap('terms.net_#')) }}
        + case when level_rules.is_level_known or terms.agency_levels is null then 0 else 1 end as terms_missing
    from {{ ref('int_cells__form_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    left join level_rules on form_lines.report_id = level_rules.report_id and terms.rule_id = level_rules.rule_id
    where not terms.is_plain and (terms.agency_levels is null or level_rules.rule_id is not null)
),

added_up as (
    select * from plain
    union all
    select * from special
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    {{ each_cell('value_#, status_#, unit_#') }},
    is_level_known,
    terms_missing,
    coalesce(is_capped_by_upper and upper_margin > 0, false) as is_above_upper,
    {{ relation_holds('margin', 'slack', 'upper_margin', 'upper_slack') }} as holds
from added_up

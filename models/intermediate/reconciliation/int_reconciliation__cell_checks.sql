-- Rules a single cell is held against: the verdict on each of the seven cells of every line a rule covers.
-- A view, like the rows; `has_failure` is what to filter on: it costs a few comparisons a line, the verdicts ten times that.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'single'
),

applicable as (
    select
        lines.report_id,
        terms.rule_id,
        lines.form_version,
        lines.table_no,
        lines.line_code,
        {%- for k in range(1, 8) %}
        lines.value_{{ k }},
        lines.status_{{ k }},
        lines.step_{{ k }},
        terms.left_{{ k }},
        {%- endfor %}
        terms.right_constant,
        terms.upper_constant,
        terms.tolerance,
        terms.has_floor,
        terms.is_capped_by_right,
        terms.is_capped_by_upper,
        terms.must_be_whole
    from {{ ref('int_cells__form_lines') }} as lines
    inner join terms on {{ on_form_line() }}
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    line_code,
    {%- for k in range(1, 8) %}
    value_{{ k }},
    status_{{ k }},
    -- Of two bounds the broken one is shown.
    cast(case when value_{{ k }} > upper_constant then upper_constant else right_constant end as decimal(38, 6)) as bound_{{ k }},
    case
        when left_{{ k }} is not null then {{ verdict(
            'case when value_# is null then 1 else 0 end',
            "case when status_# = 'blank' then 1 else 0 end",
            cell_holds(),
        ) | replace('#', k | string) }}
    end as verdict_{{ k }},
    {%- endfor %}
    {{ any_cell(cell_fails()) }} as has_failure
from applicable

-- Rules a single cell is held against: the verdict on each of the seven cells of every line a rule covers.
-- A view, like the rows. Filter on `is_suspect` first: a few comparisons a line, where the rest costs ten times that.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

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
    from {{ ref('int_cells__form_lines') }} as form_lines
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

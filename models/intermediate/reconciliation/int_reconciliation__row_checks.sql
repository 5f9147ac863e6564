-- Rules that run along a line: both sides and the verdict on every line a rule covers.
-- A view: it has about as many rows as the reports have lines, and whoever asks reads a few of them.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

with row_sums as (
    select * from {{ ref('int_reconciliation__row_sums') }}
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

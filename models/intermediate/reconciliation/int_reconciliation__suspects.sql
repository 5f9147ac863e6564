-- Lines of counts that may break a rule of their own, and tables (line_code null) that may break one down their
-- columns. Whatever breaks a rule is here; what is here may still lack a figure. Counts are added up as the integers
-- they are, blanks as nothing. Figures of another kind, in int_cells__other_lines, are looked at closely in any case.
-- grain: report_id, table_no, line_code
with terms as (
    select
        *,
        -- Few rows, so that nothing but integers is left to do for each line.
        {{ each_cell('cast(coalesce(net_#, 0) as integer) as weight_#') }},
        cast(-net_constant as bigint) as zero_margin,
        cast(ceil(floor_constant) as bigint) as least_count,
        cast(floor(ceiling_constant) as bigint) as greatest_count
    from {{ ref('int_reconciliation__line_terms') }}
),

column_margins as (
    select
        form_lines.report_id,
        terms.check_no,
        {{ each_cell('sum(form_lines.count_# * terms.weight_#) as margin_#') }}
    from {{ ref('int_cells__count_lines') }} as form_lines
    inner join terms on {{ on_form_line() }}
    where terms.axis = 'column' and ({{ any_cell('form_lines.count_# <> 0') }})
    group by form_lines.report_id, terms.check_no
)

select
    column_margins.report_id,
    terms.table_no,
    cast(null as varchar) as line_code
from column_margins
inner join terms on column_margins.check_no = terms.check_no and terms.is_first_line
where {{ any_cell('column_margins.margin_# <> 0') }}

union

select
    form_lines.report_id,
    form_lines.table_no,
    cast(null as varchar) as line_code
from {{ ref('int_cells__other_lines') }} as form_lines
inner join terms on {{ on_form_line() }}
where terms.axis = 'column' and ({{ any_cell('form_lines.value_# is not null') }})

union

select
    form_lines.report_id,
    form_lines.table_no,
    form_lines.line_code
from {{ ref('int_cells__count_lines') }} as form_lines
inner join terms on {{ on_form_line() }}
where
    (
        terms.axis = 'row'
        and (
            not terms.is_plain
            or {{ each_cell('coalesce(form_lines.count_#, 0) * terms.weight_#', ' +') }} <> terms.zero_margin
        )
    )
    or (
        terms.axis = 'single'
        and (
            {{ any_cell('form_lines.count_# < terms.least_count') }}
            or {{ any_cell('form_lines.count_# > terms.greatest_count') }}
        )
    )

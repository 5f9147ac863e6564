-- The terms of every rule laid out like the form, one row a line, a weight for each of its seven cells on each side:
-- what the three wide checks join to the lines of the reports. Some three hundred rows, whatever the number of reports.
-- grain: rule_id, form_version, table_no, line_code
{{ config(tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where not is_linked
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

relations as (
    select * from {{ ref('reconciliation_relations') }}
),

constants as (
    select
        rule_id,
        form_version,
        table_no,
        line_code,
        column_code,
        sum(case when side = 'left' then weight end) as left_constant,
        sum(case when side = 'right' then weight end) as right_constant,
        sum(case when side = 'upper' then weight end) as upper_constant
    from terms
    where term_line_code is null
    group by rule_id, form_version, table_no, line_code, column_code
),

cell_terms as (
    select
        terms.*,
        constants.left_constant,
        constants.right_constant,
        constants.upper_constant
    from terms
    left join constants
        on
            terms.rule_id = constants.rule_id
            and terms.form_version = constants.form_version
            and terms.table_no = constants.table_no
            and terms.line_code = constants.line_code
            and terms.column_code = constants.column_code
    where terms.term_line_code is not null
),

lines as (
    select
        rule_id,
        form_version,
        table_no,
        term_line_code as line_code,
        {{ each_cell(
            'max(case when term_column_no = # then term_column_code end) as column_#, '
            'max(case when term_column_no = # then requires_unit end) as required_unit_#, '
            ~ weight_of_cell('left') ~ ' as left_#, '
            ~ weight_of_cell('right') ~ ' as right_#, '
            ~ weight_of_cell('upper') ~ ' as upper_#'
        ) }},
        count(requires_unit) > 0 as needs_unit,
        count(case when side = 'upper' or abs(weight) > 1 then 1 end) = 0 as is_plain,
        -- Constants have the type of a printed value: comparing decimals of two widths costs ten times the comparison.
        cast(coalesce(max(left_constant), 0) as decimal(24, 6)) as left_constant,
        -- No right side at all is not zero: COUNT has no least value in 表二.
        cast(max(right_constant) as decimal(24, 6)) as right_constant,
        cast(max(upper_constant) as decimal(24, 6)) as upper_constant
    from cell_terms
    group by rule_id, form_version, table_no, term_line_code
)

select
    -- A short key of rule, form and table: the checks group a million reports by it.
    cast(dense_rank() over (order by lines.rule_id, lines.form_version, lines.table_no) as smallint) as check_no,
    lines.*,
    -- Left minus right, and left minus upper: what a verdict adds up. Null where the cell is no term.
    {{ each_cell(
        'case when coalesce(lines.left_#, lines.right_#, lines.upper_#) is not null '
        'then coalesce(lines.left_#, 0) - coalesce(lines.right_#, 0) end as net_#, '
        'case when coalesce(lines.left_#, lines.right_#, lines.upper_#) is not null '
        'then coalesce(lines.left_#, 0) - coalesce(lines.upper_#, 0) end as upper_net_#'
    ) }},
    lines.left_constant - coalesce(lines.right_constant, 0) as net_constant,
    lines.left_constant - coalesce(lines.upper_constant, 0) as upper_net_constant,
    -- What a single cell is held against; null where a rule has no such bound.
    case when relations.has_floor then lines.right_constant end as floor_constant,
    case
        when relations.ceiling_side = 'right' then lines.right_constant
        when relations.ceiling_side = 'upper' then lines.upper_constant
    end as ceiling_constant,
    -- The one line that stands for the whole equation where it runs over several.
    row_number() over (
        partition by lines.rule_id, lines.form_version, lines.table_no order by lines.line_code
    ) = 1 as is_first_line,
    rules.axis,
    rules.severity,
    rules.tolerance,
    -- Null for nearly every line, so that the join to the levels of the reports passes over it.
    case when rules.agency_levels is not null then lines.rule_id end as level_rule_id,
    relations.must_be_whole,
    relations.has_floor and (lines.right_constant is not null or not relations.must_be_whole) as has_floor,
    coalesce(relations.ceiling_side = 'right', false) as is_capped_by_right,
    coalesce(relations.ceiling_side = 'upper', false) as is_capped_by_upper
from lines
inner join rules on lines.rule_id = rules.rule_id
inner join relations on rules.relation = relations.relation

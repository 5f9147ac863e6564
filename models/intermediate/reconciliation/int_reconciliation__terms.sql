-- Every equation of every rule in force, cell by cell: a '*' of the seed is written out against the cells of the form.
-- The equation's own address has '*' on the axis it runs along; a constant has no cell and its weight is its value.
-- grain: rule_id, form_version, table_no, line_code, column_code, side, term_no
{{ config(tags=['published']) }}

with rules as (
    select * from {{ ref('reconciliation_rules') }}
    where status = 'active'
),

terms as (
    select * from {{ ref('reconciliation_rule_terms') }}
),

form_cells as (
    select * from {{ ref('form_cells') }}
),

terms_in_force as (
    select
        terms.*,
        rules.axis,
        -- Whether the rule looks beyond the report it is asked of.
        min(terms.year_offset) over (partition by terms.rule_id) < 0 as is_linked
    from terms
    inner join rules on terms.rule_id = rules.rule_id
),

cell_counts as (
    select
        rule_id,
        form_version,
        table_no,
        count(*) as cell_count
    from terms_in_force
    where line_code is not null
    group by rule_id, form_version, table_no
),

cell_terms as (
    select
        terms.rule_id,
        terms.axis,
        terms.is_linked,
        terms.form_version,
        terms.table_no,
        case when terms.axis = 'column' then '*' else cells.line_code end as line_code,
        case when terms.axis = 'row' then '*' else cells.column_code end as column_code,
        terms.side,
        terms.term_no,
        terms.year_offset,
        cells.line_code as term_line_code,
        cells.column_code as term_column_code,
        cells.column_no as term_column_no,
        terms.weight,
        terms.requires_unit
    from terms_in_force as terms
    inner join form_cells as cells
        on
            terms.form_version = cells.form_version
            and terms.table_no = cells.table_no
            and terms.line_code in ('*', cells.line_code)
            and terms.column_code in ('*', cells.column_code)
),

-- A line or column that lacks one of the cells has no such equation: half a sum proves nothing.
equations as (
    select
        cell_terms.rule_id,
        cell_terms.form_version,
        cell_terms.table_no,
        cell_terms.line_code,
        cell_terms.column_code
    from cell_terms
    inner join cell_counts
        on
            cell_terms.rule_id = cell_counts.rule_id
            and cell_terms.form_version = cell_counts.form_version
            and cell_terms.table_no = cell_counts.table_no
    group by all
    having min(cell_terms.axis) in ('single', 'hierarchy') or count(*) = min(cell_counts.cell_count)
)

select cell_terms.*
from cell_terms
inner join equations
    on
        cell_terms.rule_id = equations.rule_id
        and cell_terms.form_version = equations.form_version
        and cell_terms.table_no = equations.table_no
        and cell_terms.line_code = equations.line_code
        and cell_terms.column_code = equations.column_code

union all

select
    equations.rule_id,
    constants.axis,
    constants.is_linked,
    equations.form_version,
    equations.table_no,
    equations.line_code,
    equations.column_code,
    constants.side,
    constants.term_no,
    constants.year_offset,
    cast(null as varchar) as term_line_code,
    cast(null as varchar) as term_column_code,
    cast(null as integer) as term_column_no,
    constants.weight,
    cast(null as varchar) as requires_unit
from equations
inner join terms_in_force as constants
    on
        equations.rule_id = constants.rule_id
        and equations.form_version = constants.form_version
        and equations.table_no = constants.table_no
        and constants.line_code is null

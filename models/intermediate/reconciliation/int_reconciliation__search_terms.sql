-- What the search knows of the forms: the cells of every sum that proves a value, their weights on the left, and the
-- figures a cell may hold (null: no such bound). A sum over two years is listed for either form of the year before;
-- sums go by their number.
-- grain: sum_no (rule_id, form_version, earlier_form_version, table_no, line_code, column_code), side, term_no
with rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where term_line_code is not null and not is_linked
),

linked_terms as (
    select * from {{ ref('int_reconciliation__linked_terms') }}
),

cell_rules as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'single' and severity = 'hard'
),

all_terms as (
    select
        rule_id,
        form_version,
        cast(null as varchar) as earlier_form_version,
        table_no,
        line_code,
        column_code,
        side,
        term_no,
        year_offset,
        term_line_code,
        term_column_no,
        weight
    from terms

    union all

    select
        rule_id,
        form_version,
        earlier_form_version,
        table_no,
        line_code,
        column_code,
        side,
        term_no,
        year_offset,
        term_line_code,
        term_column_no,
        weight
    from linked_terms
),

columns as (
    {{ integers_between(1, 7, 'column_no') }}
),

cell_bounds as (
    select
        cell_rules.form_version,
        cell_rules.table_no,
        cell_rules.line_code,
        columns.column_no,
        max(cell_rules.floor_constant - cell_rules.tolerance) as lowest,
        min(cell_rules.ceiling_constant + cell_rules.tolerance) as highest
    from cell_rules
    cross join columns
    where {{ cell_of('cell_rules.left', 'columns.column_no') }} is not null
    group by cell_rules.form_version, cell_rules.table_no, cell_rules.line_code, columns.column_no
)

select
    cast(dense_rank() over (
        order by
            all_terms.rule_id,
            all_terms.form_version,
            all_terms.earlier_form_version,
            all_terms.table_no,
            all_terms.line_code,
            all_terms.column_code
    ) as integer) as sum_no,
    all_terms.rule_id,
    all_terms.form_version,
    all_terms.earlier_form_version,
    all_terms.table_no,
    all_terms.line_code,
    all_terms.column_code,
    all_terms.side,
    all_terms.term_no,
    all_terms.year_offset,
    all_terms.term_line_code,
    all_terms.term_column_no,
    rules.tolerance > 0 as has_tolerance,
    cast(case all_terms.side when 'left' then all_terms.weight else -all_terms.weight end as bigint) as weight,
    cast(ceil(cell_bounds.lowest) as bigint) as lowest,
    cast(floor(cell_bounds.highest) as bigint) as highest
from all_terms
inner join rules on all_terms.rule_id = rules.rule_id
left join cell_bounds
    on
        case when all_terms.year_offset = 0 then all_terms.form_version else all_terms.earlier_form_version end
        = cell_bounds.form_version
        and all_terms.table_no = cell_bounds.table_no
        and all_terms.term_line_code = cell_bounds.line_code
        and all_terms.term_column_no = cell_bounds.column_no

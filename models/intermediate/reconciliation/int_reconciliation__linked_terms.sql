-- The cells of the rules that look at the report of the year before as well, for either form that one may follow. Where
-- the forms of the two years differ, an equation is asked only if the earlier one has the same cells too.
-- grain: rule_id, form_version, earlier_form_version, table_no, line_code, column_code, side, term_no
{{ config(tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__terms') }}
    where is_linked and term_line_code is not null
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

relations as (
    select * from {{ ref('reconciliation_relations') }}
),

form_cells as (
    select * from {{ ref('form_cells') }}
),

versions as (
    select distinct form_version from form_cells
),

matched as (
    select
        terms.*,
        versions.form_version as earlier_form_version,
        count(case when terms.year_offset < 0 then 1 end) over equation
        = count(case when terms.year_offset < 0 then earlier.column_code end) over equation as is_asked
    from terms
    cross join versions
    left join form_cells as earlier
        on
            versions.form_version = earlier.form_version
            and terms.table_no = earlier.table_no
            and terms.term_line_code = earlier.line_code
            and terms.term_column_code = earlier.column_code
            and terms.term_column_no = earlier.column_no
    window equation as (
        partition by
            terms.rule_id,
            terms.form_version,
            terms.table_no,
            terms.line_code,
            terms.column_code,
            versions.form_version
    )
)

select
    matched.rule_id,
    matched.form_version,
    matched.earlier_form_version,
    matched.table_no,
    matched.line_code,
    matched.column_code,
    matched.side,
    matched.term_no,
    matched.year_offset,
    matched.term_line_code,
    matched.term_column_code,
    matched.term_column_no,
    matched.weight,
    rules.tolerance,
    relations.has_floor,
    coalesce(relations.ceiling_side = 'right', false) as is_capped_by_right,
    false as is_capped_by_upper
from matched
inner join rules on matched.rule_id = rules.rule_id
inner join relations on rules.relation = relations.relation
where matched.is_asked

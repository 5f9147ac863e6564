-- Every broken equation in figures, and the cell where a reader should look: the printed total, else the first term.
-- grain: finding_id
with failed_values as (
    select * from {{ ref('int_reconciliation__failed_values') }}
),

failed_terms as (
    select * from {{ ref('int_reconciliation__failed_terms') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

relations as (
    select * from {{ ref('reconciliation_relations') }}
),

breaches as (
    select
        failed_values.finding_id,
        relations.must_be_whole and failed_values.left_value % 1 <> 0 as is_fraction,
        case when failed_values.difference > 0 then relations.symbol_above else relations.symbol_below end as symbol,
        case
            when failed_values.difference > 0 then coalesce(relations.ceiling_side, 'right')
            else 'right'
        end as bound_side
    from failed_values
    inner join rules on failed_values.rule_id = rules.rule_id
    inner join relations on rules.relation = relations.relation
),

terms as (
    select
        breaches.finding_id,
        breaches.bound_side,
        failed_terms.side,
        failed_terms.term_no,
        failed_terms.line_code,
        failed_terms.column_code,
        failed_terms.page_no,
        failed_terms.line_no,
        failed_terms.expected_member_count,
        case
            when failed_terms.member_name is not null
                then concat(failed_terms.member_name, ' ', {{ number_text('failed_terms.value') }})
        end as member_text,
        {{ term_text('failed_terms.line_code is null', 'failed_terms.value', 'failed_terms.weight') }} as term_text,
        row_number() over (
            partition by breaches.finding_id
            order by
                failed_terms.line_code is null,
                failed_terms.member_name is not null,
                case failed_terms.side when 'right' then 1 when 'left' then 2 else 3 end,
                failed_terms.term_no
        ) = 1 as is_place
    from breaches
    inner join failed_terms on breaches.finding_id = failed_terms.finding_id
),

sides as (
    select
        finding_id,
        {{ side_text("side = 'left'", 'term_text', 'term_no') }} as left_text,
        {{ side_text('side = bound_side', 'term_text', 'term_no') }} as right_text,
        {{ listed('member_text', "'、'", 'term_no') }} as members_text,
        concat(count(member_text), '/', max(expected_member_count)) as coverage_text
    from terms
    group by finding_id
)

select
    breaches.finding_id,
    breaches.is_fraction,
    sides.left_text,
    breaches.symbol,
    sides.right_text,
    sides.members_text,
    sides.coverage_text,
    terms.line_code as place_line_code,
    terms.column_code as place_column_code,
    terms.page_no,
    terms.line_no
from breaches
inner join sides on breaches.finding_id = sides.finding_id
inner join terms on breaches.finding_id = terms.finding_id
where terms.is_place

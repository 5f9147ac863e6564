-- What speaks for each candidate, gathered: the broken sums it mends and the sums that hold with it, in both languages.
-- Only candidates with which every evaluable sum around the cell holds.
-- grain: group_id, report_id, table_no, line_code, column_code
with proofs as (
    select * from {{ ref('int_reconciliation__repair_proofs') }}
),

equation_texts as (
    select * from {{ ref('int_reconciliation__equation_texts') }}
),

relations as (
    select * from {{ ref('reconciliation_relations') }}
    where relation = 'eq'
),

texts as (
    select * from {{ ref('reconciliation_texts') }}
    where text_code = 'proof_equation'
),

worded as (
    select
        proofs.*,
        {{ in_both_languages(
            'case when proofs.finding_id is not null then ' ~ filled('texts.text_##', {
                'rule': 'proofs.rule_id',
                'left': 'equation_texts.left_text',
                'symbol': 'equation_texts.symbol',
                'right': 'equation_texts.right_text',
            }) ~ ' end as broken_##'
        ) }},
        {{ in_both_languages(
            filled('texts.text_##', {
                'rule': 'proofs.rule_id',
                'left': 'proofs.left_text',
                'symbol': 'relations.symbol_holds',
                'right': 'proofs.right_text',
            }) ~ ' as mended_##'
        ) }}
    from proofs
    inner join texts on true
    inner join relations on true
    left join equation_texts on proofs.finding_id = equation_texts.finding_id
)

select
    group_id,
    report_id,
    table_no,
    line_code,
    column_code,
    count(*) as sums_checked,
    {{ dbt.listagg('broken_zh', "'；'", 'order by rule_id') }} as broken_zh,
    {{ dbt.listagg('broken_en', "'; '", 'order by rule_id') }} as broken_en,
    {{ dbt.listagg('mended_zh', "'；'", 'order by rule_id') }} as mended_zh,
    {{ dbt.listagg('mended_en', "'; '", 'order by rule_id') }} as mended_en
from worded
group by group_id, report_id, table_no, line_code, column_code
having bool_and(holds)

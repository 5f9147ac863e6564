-- What speaks for each repair that holds, gathered: the broken sums it mends and the sums that hold with it, in both
-- languages. Only repairs with which every evaluable sum around their cells holds.
-- grain: group_id, repair_no
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
                'left': 'proofs.left_text_repaired',
                'symbol': 'relations.symbol_holds',
                'right': 'proofs.right_text_repaired',
            }) ~ ' as mended_##'
        ) }},
        concat_ws(
            '|',
            proofs.rule_id,
            proofs.equation_report_id,
            proofs.equation_line_code,
            proofs.equation_column_code
        ) as sum_key
    from proofs
    inner join texts on true
    inner join relations on true
    left join equation_texts on proofs.finding_id = equation_texts.finding_id
)

select
    group_id,
    repair_no,
    count(*) as sums_checked,
    {{ listed('broken_zh', "'；'", 'sum_key') }} as broken_zh,
    {{ listed('broken_en', "'; '", 'sum_key') }} as broken_en,
    {{ listed('mended_zh', "'；'", 'sum_key') }} as mended_zh,
    {{ listed('mended_en', "'; '", 'sum_key') }} as mended_en
from worded
group by group_id, repair_no
having bool_and(holds)

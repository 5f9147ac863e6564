-- Claims of the prose that every admissible reading contradicts, worded like the findings of the tables.
-- grain: finding_id
with claims as (
    select
        *,
        left_value - right_value as difference
    from {{ ref('int_narrative__failed_claims') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

relations as (
    select * from {{ ref('reconciliation_relations') }}
),

texts as (
    select * from {{ ref('reconciliation_texts') }}
    where text_code = 'equation'
),

measures as (
    select
        *,
        row_number() over (partition by measure_code order by category_code) = 1 as is_first
    from {{ ref('narrative_measures') }}
),

named as (
    select
        claims.*,
        rules.message_zh as template_zh,
        rules.message_en as template_en,
        texts.text_zh as equation_template,
        relations.symbol_above as symbol,
        {{ in_both_languages(
            "case when claims.category_code in ('*', 'all') then measures.measure_## "
            "else concat(measures.measure_##, ': ', measures.category_##) end as measure_##"
        ) }}
    from claims
    inner join rules on claims.rule_id = rules.rule_id
    inner join relations on rules.relation = relations.relation
    cross join texts
    left join measures
        on
            claims.measure_code = measures.measure_code
            and (claims.category_code = measures.category_code or (claims.category_code = '*' and measures.is_first))
)

select
    {{ claim_finding_id() }} as finding_id,
    report_id,
    rule_id,
    table_no,
    line_code,
    column_code,
    cast(left_value as decimal(38, 6)) as left_value,
    cast(right_value as decimal(38, 6)) as right_value,
    cast(difference as decimal(38, 6)) as difference,
    {{ filled('equation_template', {
        'left': 'left_text',
        'symbol': 'symbol',
        'right': 'right_text',
        'difference': number_text('difference'),
    }) }} as equation_text,
    {{ in_both_languages(
        filled('template_##', {
            'line': 'measure_##',
            'terms': 'readings_##',
            'left': number_text('left_value'),
            'right': number_text('right_value'),
            'difference': number_text('difference'),
        }) ~ ' as message_##'
    ) }},
    page_no,
    line_no
from named

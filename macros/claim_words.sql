{# The words of a claim of the prose, of the relations `claims` (int_narrative__claims), `claim_readings`, `lists` and,
   for its name, `reports`. What is neither a claim on the tables nor a list is a share. #}
{% macro claim_rule() -%}
    coalesce(claim_readings.rule_id, lists.rule_id, 'NT-SHARE')
{%- endmacro %}

{% macro claim_measure() -%}
    coalesce(claim_readings.measure_code, lists.part_measure_code, 'share')
{%- endmacro %}

{% macro claim_category() -%}
    coalesce(claim_readings.category_code, case when lists.list_no is null then 'all' else '*' end)
{%- endmacro %}

{# Stable over builds and revisions: the n-th statement of the same thing keeps its name. A nation's reports make some ten
   million claims: 64 bits tell them apart. #}
{% macro claim_key() -%}
    left(md5(concat_ws(
        '|',
        reports.source_path,
        {{ claim_rule() }},
        {{ claim_measure() }},
        coalesce(claims.part_text, {{ claim_category() }}),
        claims.statement_no
    )), 16)
{%- endmacro %}

{# Of a claim that fails: findings, which are few, have shorter names. #}
{% macro claim_finding_id() -%}
    concat('F-', left(claim_key, 12))
{%- endmacro %}

{# What the tables say under reading #, as text. #}
{% macro reading_text() -%}
    {{ number_text('coalesce(readings.printed_#, readings.added_#)') }}
{%- endmacro %}

{# What both models show that spell claims out: their name, what they are about, and each of their readings. #}
{% macro claim_columns() -%}
    {{ claim_key() }} as claim_key,
    {{ claim_rule() }} as rule_id,
    {{ claim_measure() }} as measure_code,
    {{ claim_category() }} as category_code,
    claim_readings.table_no,
    coalesce(claim_readings.line_code, '*') as line_code,
    coalesce(claim_readings.column_code, '*') as column_code,
    {{ each_reading('claim_readings.reading_zh_#, claim_readings.reading_en_#, ' ~ reading_text() ~ ' as text_#') }}
{%- endmacro %}

{# Every reading that has a figure, in words, with text_# the figure. Nothing where there is none. #}
{% macro readings_text(language) -%}
    nullif(concat_ws(
        '; ',
        {{ each_reading(
            'case when text_# is not null then concat(reading_' ~ language ~ "_#, ' = ', text_#) end"
        ) }}
    ), '')
{%- endmacro %}

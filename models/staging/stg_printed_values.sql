-- What each distinct text that is no plain integer says: number, unit, status. Regexes run here, not once a cell.
-- grain: printed_text
{{ config(materialized='table') }}

with text_rows as (
    select * from {{ ref('stg_text_rows') }}
),

narrative_figures as (
    select * from {{ ref('stg_narrative_figures') }}
),

value_words as (
    select * from {{ ref('value_words') }}
),

value_units as (
    select * from {{ ref('value_units') }}
),

printed_texts as (
    {{ each_cell(
        'select text_# as printed_text from text_rows where text_# is not null and ' ~ plain_integer('text_#') ~ ' is null',
        separator='\n    union'
    ) }}
    union
    select figure_text as printed_text
    from narrative_figures
    where {{ plain_integer('figure_text') }} is null
),

cleaned as (
    select
        printed_text,
        {{ plain_characters('printed_text') }} as spaced_text
    from printed_texts
),

-- 22(其中修订16件): a part named in brackets is not another figure. Any other trailing text is.
without_remark as (
    select
        printed_text,
        case
            when {{ matches('spaced_text', '[0-9.,] [0-9.,]') }} then null -- two figures must not become one
            else {{ without_trailing_remark("replace(spaced_text, ' ', '')") }}
        end as plain_text
    from cleaned
),

parts as (
    select
        printed_text,
        plain_text,
        {{ extract('plain_text', number_pattern(), 1) }} as sign_word,
        {{ extract('plain_text', number_pattern(), 2) }} as digits,
        {{ extract('plain_text', number_pattern(), 3) }} as unit_word
    from without_remark
),

understood as (
    select
        parts.printed_text,
        parts.plain_text,
        absences.word is not null as is_not_applicable,
        nullif(value_units.unit_kind, '') as unit_kind,
        case when coalesce(value_units.magnitude, 1) > 1 then value_units.magnitude end as magnitude,
        {{ decimal_count('parts.digits') }} as decimal_count,
        case when signs.meaning = 'minus' then cast(-1 as decimal(1, 0)) else cast(1 as decimal(1, 0)) end
        * try_cast(replace(parts.digits, ',', '') as decimal(24, 9))
        * cast(coalesce(value_units.magnitude, 1) as decimal(12, 0)) as exact_value,
        {{ matches('parts.digits', well_formed_number_pattern()) }}
        and (parts.sign_word = '' or signs.word is not null)
        and (parts.unit_word = '' or value_units.unit_word is not null) as is_number
    from parts
    left join value_words as absences
        on parts.plain_text = absences.word and absences.meaning = 'not_applicable'
    left join value_words as signs
        on parts.sign_word = signs.word and signs.meaning in ('plus', 'minus')
    left join value_units
        on parts.unit_word = value_units.unit_word
),

judged as (
    select
        *,
        case
            when plain_text = '' then 'blank'
            when is_not_applicable then 'not_applicable'
            -- A figure that six decimals cannot hold is refused: rounding would invent one.
            when is_number and exact_value = try_cast(exact_value as decimal(24, 6)) then 'reported'
            else 'unreadable'
        end as value_status
    from understood
),

measured as (
    select
        printed_text,
        value_status,
        case when value_status = 'reported' then try_cast(exact_value as decimal(24, 6)) end as printed_value,
        case when value_status = 'reported' then unit_kind end as unit_kind,
        -- 31.2万 is known to the nearest thousand: magnitude over ten to the decimals printed.
        case
            when value_status = 'reported'
                then cast(magnitude * power(cast(0.1 as double), decimal_count) as decimal(24, 6))
        end as precision_step
    from judged
)

-- 万元 are worked out here, once per text: a decimal division per cell would cost more than all the rest.
select
    printed_text,
    value_status,
    printed_value,
    unit_kind,
    precision_step,
    cast(printed_value * cast(0.0001 as decimal(4, 4)) as decimal(24, 6)) as wan_yuan_value,
    cast(precision_step * cast(0.0001 as decimal(4, 4)) as decimal(24, 6)) as wan_yuan_step
from measured

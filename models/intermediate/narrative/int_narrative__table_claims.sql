-- What the prose says of a figure that the tables hold too, held against every reading it admits.
-- A claim holds if one reading does; it fails only if each of them is known and contradicts it.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

compared as (
    select
        figures.report_id,
        figures.figure_no,
        figures.measure_code,
        figures.category_code,
        figures.block_no,
        figures.value as left_value,
        figures.doubt_code,
        figures.comparison,
        claims.rule_id,
        claims.table_no,
        claims.line_code,
        claims.column_code,
        {{ each_reading('claims.reading_zh_#, claims.reading_en_#, ' ~ reading_value() ~ ' as value_#') }},
        greatest({{ each_reading('readings.printed_#, readings.added_#') }}) as most,
        {{ known_readings() }} = claims.reading_count as is_known,
        {{ each_reading(
            'coalesce(abs(figures.value - readings.printed_#) <= coalesce(figures.precision_step, 0) * 0.5, false) '
            'or coalesce(abs(figures.value - readings.added_#) <= coalesce(figures.precision_step, 0) * 0.5, false)',
            ' or'
        ) }} as holds
    from figures
    inner join readings on figures.report_id = readings.report_id and figures.claim_no = readings.claim_no
    inner join claim_readings as claims
        on readings.claim_no = claims.claim_no and readings.form_version = claims.form_version
),

judged as (
    select
        *,
        case
            when left_value is null then 'unreadable'
            when doubt_code <> 'cumulative' then doubt_code
            when comparison = 'none' then 'subject'
            when holds then null
            when doubt_code is not null then doubt_code
            when not is_known then 'missing'
            when comparison = 'at_most' and left_value <= most then 'subject'
        end as reason_code
    from compared
)

select
    report_id,
    figure_no,
    rule_id,
    measure_code,
    category_code,
    block_no,
    cast(null as varchar) as part_text,
    table_no,
    line_code,
    column_code,
    left_value,
    value_1 as right_value,
    {{ number_text('left_value') }} as left_text,
    {{ number_text('value_1') }} as right_text,
    {%- for language in ['zh', 'en'] %}
    nullif(concat_ws(
        '; ',
        {{ each_reading(
            'case when value_# is not null then concat(reading_' ~ language ~ "_#, ' = ', " ~ number_text('value_#') ~ ') end'
        ) }}
    ), '') as readings_{{ language }},
    {%- endfor %}
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

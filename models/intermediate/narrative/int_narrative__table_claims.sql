-- What the prose says of a figure that the tables hold too, held against every reading it admits.
-- A claim holds if one reading does; it fails only if each of them is known and contradicts it.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
    where claim_no is not null
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
        figures.claim_no,
        readings.form_version,
        figures.value as left_value,
        {{ reading_value() | replace('#', '1') }} as right_value,
        figures.doubt_code,
        figures.comparison,
        greatest({{ each_reading('readings.printed_#, readings.added_#') }}) as most,
        {{ known_readings() }} = claims.reading_count as is_known,
        -- Most figures are printed in full, and equal what they tell of.
        case
            when figures.precision_step is null
                then coalesce(figures.value in ({{ each_reading('readings.printed_#, readings.added_#') }}), false)
            else {{ each_reading(
                'coalesce(abs(figures.value - readings.printed_#) <= figures.precision_step * 0.5, false) '
                'or coalesce(abs(figures.value - readings.added_#) <= figures.precision_step * 0.5, false)',
                ' or'
            ) }}
        end as holds,
        -- The n-th time that the report says it.
        cast(row_number() over (
            partition by figures.report_id, figures.claim_no order by figures.figure_no
        ) as integer) as statement_no
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
    claim_no,
    form_version,
    statement_no,
    left_value,
    right_value,
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

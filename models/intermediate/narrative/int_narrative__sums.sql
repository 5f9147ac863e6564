-- Parts and whole within the prose: what a paragraph lists against the whole it gives, or the report's only one.
-- A list that may not be complete proves nothing unless it exceeds its whole, or lacks no more than its smallest part.
-- grain: report_id, list_no, block_no
with parts as (
    select * from {{ ref('int_narrative__parts') }}
),

wholes as (
    select * from {{ ref('int_narrative__wholes') }}
),

whole_measures as (
    select * from {{ ref('int_narrative__whole_measures') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

compared as (
    select
        parts.*,
        wholes.right_value,
        wholes.is_one,
        parts.is_readable and wholes.is_readable as is_all_readable,
        coalesce(parts.doubt_code, wholes.doubt_code) as any_doubt_code,
        coalesce(
            abs(parts.parts_sum - wholes.right_value) <= (parts.steps + wholes.step) * 0.5, false
        ) as holds_in_prose
    from parts
    inner join wholes
        on
            parts.report_id = wholes.report_id
            and parts.list_no = wholes.list_no
            and parts.block_no = wholes.block_no
),

-- Whom a list counts is not always whom the sentence before it counts: applicants of the new applications, say, after
-- the number of those dealt with. What the tables hold for the whole is admissible too.
alternatives as (
    select
        compared.report_id,
        compared.list_no,
        compared.block_no,
        coalesce(bool_or(
            compared.parts_sum in ({{ each_reading('readings.printed_#, readings.added_#') }})
        ), false) as holds_in_tables,
        bool_and({{ known_readings() }} = claims.reading_count) as is_known
    from compared
    inner join whole_measures on compared.list_no = whole_measures.list_no
    inner join readings
        on compared.report_id = readings.report_id and whole_measures.claim_no = readings.claim_no
    inner join claim_readings as claims
        on readings.claim_no = claims.claim_no and readings.form_version = claims.form_version
    where not compared.holds_in_prose
    group by compared.report_id, compared.list_no, compared.block_no
),

judged as (
    select
        compared.*,
        compared.holds_in_prose or coalesce(alternatives.holds_in_tables, false) as holds,
        case
            when not compared.is_all_readable then 'unreadable'
            when compared.any_doubt_code is not null then compared.any_doubt_code
            when not (compared.is_each_once and compared.is_one) then 'ambiguous'
            when compared.holds_in_prose or alternatives.holds_in_tables then null
            when not alternatives.is_known then 'missing'
            when
                compared.parts_sum < compared.right_value
                and not compared.is_closed
                and (
                    compared.part_count < 4 or compared.right_value - compared.parts_sum > compared.least_part
                )
                then 'incomplete'
        end as reason_code
    from compared
    left join alternatives
        on
            compared.report_id = alternatives.report_id
            and compared.list_no = alternatives.list_no
            and compared.block_no = alternatives.block_no
)

select
    report_id,
    figure_no,
    list_no,
    block_no,
    -- The n-th time that the report lists them.
    cast(row_number() over (partition by report_id, list_no order by figure_no) as integer) as statement_no,
    cast(parts_sum as decimal(24, 6)) as left_value,
    right_value,
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

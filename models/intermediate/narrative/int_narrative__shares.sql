-- Percentages printed beside the part they are of: held against every earlier figure of the paragraph that may be the
-- whole. The last printed digit may be rounded or cut off. Where more than one figure may be meant nothing is proven.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

share_measures as (
    select * from {{ ref('int_narrative__measures') }}
    where measure_code = 'share'
),

shares as (
    select
        figures.*,
        cast({{ decimal_count('figures.figure_text') }} as integer) as decimal_count
    from figures
    inner join share_measures on figures.measure_no = share_measures.measure_no
),

-- Few paragraphs print one: only their figures are compared.
beside_shares as (
    select figures.* from figures
    where (figures.report_id, figures.block_no) in (select (shares.report_id, shares.block_no) from shares)
),

wholes as (
    select
        beside_shares.*,
        shares.figure_no is not null as is_part
    from beside_shares
    left join shares
        on beside_shares.report_id = shares.report_id and beside_shares.figure_no = shares.part_figure_no
),

candidates as (
    select
        shares.report_id,
        shares.figure_no,
        shares.value as share_value,
        shares.decimal_count,
        coalesce(shares.doubt_code, part.doubt_code) as doubt_code,
        part.value as part_value,
        concat(part.figure_text, part.unit_text) as part_text,
        whole.value as whole_value,
        try_cast(100 * cast(part.value as double) / cast(whole.value as double) as decimal(24, 6)) as right_value
    from shares
    inner join figures as part
        on
            shares.report_id = part.report_id
            and shares.part_figure_no = part.figure_no
            and shares.unit_text <> part.unit_text
    left join wholes as whole
        on
            shares.report_id = whole.report_id
            and shares.block_no = whole.block_no
            and part.figure_no > whole.figure_no
            and part.unit_text = whole.unit_text
            and part.value <= whole.value
            and whole.value > 0
            and not whole.is_part
),

-- The whole that comes nearest stands for all: if it does not give the share, none does.
nearest as (
    select
        *,
        coalesce(abs(share_value - right_value) < power(cast(0.1 as double), decimal_count), false) as holds,
        min(whole_value) over claim < max(whole_value) over claim as is_ambiguous,
        row_number() over (
            partition by report_id, figure_no order by abs(share_value - right_value) nulls last, whole_value
        ) as place
    from candidates
    window claim as (partition by report_id, figure_no)
),

judged as (
    select
        *,
        case
            when share_value is null or part_value is null then 'unreadable'
            when doubt_code is not null then doubt_code
            when whole_value is null then 'incomplete'
            when holds then null
            when is_ambiguous then 'ambiguous'
        end as reason_code
    from nearest
    where place = 1
)

select
    report_id,
    figure_no,
    part_text,
    part_value,
    whole_value,
    -- The n-th time that the report prints one beside this part.
    cast(row_number() over (partition by report_id, part_text order by figure_no) as integer) as statement_no,
    share_value as left_value,
    cast(round(cast(right_value as double), decimal_count) as decimal(24, 6)) as right_value,
    reason_code,
    case when reason_code is not null then 'not_evaluable' when holds then 'pass' else 'fail' end as verdict
from judged

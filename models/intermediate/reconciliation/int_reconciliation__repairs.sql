-- Every repair that holds, numbered within its group, and how much speaks for it. The prose may confirm what the
-- equations suggest or tell against it; alone it suggests nothing.
-- grain: group_id, repair_no
with evidence as (
    select * from {{ ref('int_reconciliation__repair_evidence') }}
),

cells as (
    select * from {{ ref('int_reconciliation__repair_cells') }}
),

claims as (
    select * from {{ ref('int_reconciliation__repair_claims') }}
),

texts as (
    select * from {{ ref('reconciliation_texts') }}
),

sizes as (
    select
        group_id,
        repair_no,
        max(cell_count) as cell_count
    from cells
    group by group_id, repair_no
),

said as (
    select
        claims.group_id,
        claims.repair_no,
        case
            when bool_and(claims.is_confirming) then 'confirms'
            when bool_or(claims.is_confirming) then 'divided'
            else 'contradicts'
        end as prose_verdict,
        {{ in_both_languages(
            listed(filled('texts.text_##', {
                'line': 'cast(claims.line_no as varchar)',
                'value': number_text('claims.value'),
            }), "''", 'row(claims.report_id, claims.figure_no)') ~ ' as prose_##'
        ) }}
    from claims
    inner join texts
        on texts.text_code = case when claims.is_confirming then 'prose_confirms' else 'prose_contradicts' end
    group by claims.group_id, claims.repair_no
),

numbered as (
    select
        evidence.*,
        sizes.cell_count,
        cast(row_number() over (partition by evidence.group_id order by evidence.repair_no) as integer) as candidate_no,
        count(*) over (partition by evidence.group_id) as candidate_count,
        coalesce(said.prose_verdict, 'silent') as prose_verdict,
        said.prose_zh,
        said.prose_en
    from evidence
    inner join sizes on evidence.group_id = sizes.group_id and evidence.repair_no = sizes.repair_no
    left join said on evidence.group_id = said.group_id and evidence.repair_no = said.repair_no
)

select
    group_id,
    repair_no,
    candidate_no,
    candidate_count,
    cell_count,
    sums_checked,
    broken_zh,
    broken_en,
    mended_zh,
    mended_en,
    prose_verdict,
    prose_zh,
    prose_en,
    -- Every changed figure takes an equation to work out; only those beyond could have refuted the repair, and did not.
    candidate_count = 1 and sums_checked <= cell_count as is_thin,
    -- Of several the prose may tell which: only where it confirms this one, and nothing it says speaks for another.
    prose_verdict = 'confirms'
    and count(case when prose_verdict in ('confirms', 'divided') then 1 end) over (partition by group_id) = 1
        as is_confirmed
from numbered

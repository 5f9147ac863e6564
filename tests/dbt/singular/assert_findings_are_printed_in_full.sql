-- Every sentence of a finding or a proof has its placeholders filled in and its cell on the form.
with cells as (
    select distinct
        table_no,
        line_code,
        column_code
    from {{ ref('form_lines') }}
),

sentences as (
    select
        finding_id as text_id,
        table_no,
        line_code,
        column_code,
        concat(equation_text, message_zh, message_en) as sentence
    from {{ ref('findings') }}

    union all

    select
        concat(group_id, '/', candidate_no) as text_id,
        table_no,
        line_code,
        column_code,
        concat(proof, proof_en) as sentence
    from {{ ref('suggested_corrections') }}
)

select sentences.text_id
from sentences
where
    position('{' in sentences.sentence) > 0
    or position('}' in sentences.sentence) > 0
    or sentences.sentence is null
    or (
        -- What the prose contradicts within itself has no cell.
        sentences.table_no is not null
        and not exists (
            select 1
            from cells
            where
                sentences.table_no = cells.table_no
                and sentences.line_code in ('*', cells.line_code)
                and sentences.column_code in ('*', cells.column_code)
        )
    )

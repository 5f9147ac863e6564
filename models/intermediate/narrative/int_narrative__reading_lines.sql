-- The lines of the forms that a claim is about, with what each of its readings makes of them: which cells of the line
-- it adds up, a bit each; for a 总计 also those before it.
-- grain: form_version, table_no, line_code, claim_no, printed_cells, added_cells
with terms as (
    select * from {{ ref('int_narrative__reading_terms') }}
),

cells as (
    select
        form_version,
        table_no,
        line_code,
        claim_no,
        reading_no,
        weight,
        bit_or(1 << (column_no - 1)) as printed_cells,
        bit_or(
            case when column_code = 'total' then (1 << (column_no - 1)) - 1 else 1 << (column_no - 1) end
        ) as added_cells
    from terms
    group by form_version, table_no, line_code, claim_no, reading_no, weight
)

select
    form_version,
    table_no,
    line_code,
    claim_no,
    printed_cells,
    added_cells,
    {{ each_reading('sum(case when reading_no = # then weight end) as weight_#') }}
from cells
group by form_version, table_no, line_code, claim_no, printed_cells, added_cells

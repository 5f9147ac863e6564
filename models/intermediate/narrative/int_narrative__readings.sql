-- What the tables of a report say where its prose says something: the value of every reading a claim admits, side by
-- side, as printed, and with each 总计 added up from its parts, which counts where the 总计 is not printed or is in doubt.
-- grain: report_id, claim_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

reading_lines as (
    select * from {{ ref('int_narrative__reading_lines') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

count_rows as (
    select * from {{ ref('stg_count_rows') }}
),

other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

-- The claims a report makes, a bit each: there may be 63 of them, the engine refuses another.
asked as (
    select
        report_id,
        bit_or(cast(1 as bigint) << claim_no) as claims
    from figures
    where claim_no is not null
    group by report_id
),

lines_told_of as (
    select
        form_version,
        table_no,
        line_code,
        bit_or(cast(1 as bigint) << claim_no) as claims
    from reading_lines
    group by form_version, table_no, line_code
),

asked_counts as (
    select
        asked.report_id,
        asked.claims,
        count_rows.form_version,
        count_rows.table_no,
        count_rows.line_code,
        {{ each_cell('count_rows.count_#') }}
    from count_rows
    inner join reports on count_rows.document_id = reports.document_id
    inner join asked on reports.report_id = asked.report_id
    inner join lines_told_of
        on
            count_rows.form_version = lines_told_of.form_version
            and count_rows.table_no = lines_told_of.table_no
            and count_rows.line_code = lines_told_of.line_code
    where asked.claims & lines_told_of.claims <> 0
),

added_up as (
    select
        counts.report_id,
        counts.form_version,
        terms.claim_no,
        {{ each_reading('terms.weight_#') }},
        cast({{ sum_of_cells('counts.count_#', 'terms.printed_cells') }} as decimal(24, 6)) as printed_value,
        cast({{ sum_of_cells('counts.count_#', 'terms.added_cells') }} as decimal(24, 6)) as added_value
    from asked_counts as counts
    inner join reading_lines as terms
        on
            counts.form_version = terms.form_version
            and counts.table_no = terms.table_no
            and counts.line_code = terms.line_code
    where counts.claims & (cast(1 as bigint) << terms.claim_no) <> 0

    union all

    select
        other_lines.report_id,
        other_lines.form_version,
        terms.claim_no,
        {{ each_reading('terms.weight_#') }},
        {{ sum_of_cells('other_lines.value_#', 'terms.printed_cells') }} as printed_value,
        {{ sum_of_cells('other_lines.value_#', 'terms.added_cells') }} as added_value
    from other_lines
    inner join asked on other_lines.report_id = asked.report_id
    inner join reading_lines as terms
        on
            other_lines.form_version = terms.form_version
            and other_lines.table_no = terms.table_no
            and other_lines.line_code = terms.line_code
    where asked.claims & (cast(1 as bigint) << terms.claim_no) <> 0
)

select
    report_id,
    claim_no,
    form_version,
    {{ each_reading(sum_of_reading('printed_value') ~ ' as printed_#') }},
    {{ each_reading(sum_of_reading('added_value') ~ ' as added_#') }}
from added_up
group by report_id, claim_no, form_version

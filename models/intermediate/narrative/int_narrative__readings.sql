-- What the tables of a report say where its prose says something: the value of every reading a claim admits, side by
-- side, as printed, and with each 总计 added up from its parts, which counts where the 总计 is not printed or is in doubt.
-- grain: report_id, claim_no
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

terms as (
    select * from {{ ref('int_narrative__reading_terms') }}
),

report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

asked as (
    select distinct
        report_id,
        claim_no
    from figures
    where claim_no is not null
),

asked_terms as (
    select
        asked.report_id,
        terms.claim_no,
        terms.form_version,
        terms.reading_no,
        terms.table_no,
        terms.line_code,
        terms.column_code,
        terms.column_no,
        terms.weight
    from asked
    inner join terms on asked.claim_no = terms.claim_no
    inner join report_forms
        on
            asked.report_id = report_forms.report_id
            and terms.table_no = report_forms.table_no
            and terms.form_version = report_forms.form_version
),

cells as (
    select
        terms.report_id,
        terms.claim_no,
        terms.form_version,
        terms.reading_no,
        terms.weight,
        {{ cell_of('lines.value', 'terms.column_no') }} as printed_value,
        case
            when terms.column_code <> 'total' then {{ cell_of('lines.value', 'terms.column_no') }}
            when terms.column_no = 7
                then lines.value_1 + lines.value_2 + lines.value_3 + lines.value_4 + lines.value_5 + lines.value_6
            when terms.column_no = 5 then lines.value_1 + lines.value_2 + lines.value_3 + lines.value_4
        end as added_value
    from asked_terms as terms
    inner join lines
        on
            terms.report_id = lines.report_id
            and terms.table_no = lines.table_no
            and terms.line_code = lines.line_code
)

select
    report_id,
    claim_no,
    form_version,
    {{ each_reading(sum_of_reading('printed_value') ~ ' as printed_#') }},
    {{ each_reading(sum_of_reading('added_value') ~ ' as added_#') }}
from cells
group by report_id, claim_no, form_version

-- What the prose says and every admissible reading contradicts: its figures, and its words.
-- grain: claim_key
with claims as (
    select * from {{ ref('int_narrative__claims') }}
    where verdict = 'fail'
),

figures as (
    select * from {{ ref('int_narrative__figures') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

sides as (
    select * from {{ ref('int_narrative__sides') }}
),

readings as (
    select * from {{ ref('int_narrative__readings') }}
),

claim_readings as (
    select * from {{ ref('int_narrative__claim_readings') }}
),

lists as (
    select * from {{ ref('int_narrative__lists') }}
),

spelt_out as (
    select
        claims.*,
        {{ claim_columns() }},
        figures.page_no,
        figures.line_no
    from claims
    inner join reports on claims.report_id = reports.report_id
    inner join figures on claims.report_id = figures.report_id and claims.figure_no = figures.figure_no
    left join readings on claims.report_id = readings.report_id and claims.claim_no = readings.claim_no
    left join claim_readings
        on claims.claim_no = claim_readings.claim_no and claims.form_version = claim_readings.form_version
    left join lists on claims.list_no = lists.list_no
)

select
    spelt_out.claim_key,
    spelt_out.report_id,
    spelt_out.rule_id,
    spelt_out.measure_code,
    spelt_out.category_code,
    spelt_out.table_no,
    spelt_out.line_code,
    spelt_out.column_code,
    spelt_out.left_value,
    spelt_out.right_value,
    coalesce(sides.left_text, {{ number_text('spelt_out.left_value') }}) as left_text,
    coalesce(sides.right_text, {{ number_text('spelt_out.right_value') }}) as right_text,
    {{ readings_text('zh') }} as readings_zh,
    {{ readings_text('en') }} as readings_en,
    spelt_out.page_no,
    spelt_out.line_no
from spelt_out
left join sides
    on
        spelt_out.report_id = sides.report_id
        and spelt_out.figure_no = sides.figure_no
        and spelt_out.measure_code = sides.measure_code
        and spelt_out.claim_no is null

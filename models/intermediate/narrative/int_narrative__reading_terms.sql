-- The cells that each reading of a claim adds up, on either form. A claim is a measure and a category of it that the
-- tables hold too.
-- grain: form_version, claim_no, reading_no, line_code, column_code
with readings as (
    select * from {{ ref('narrative_readings') }}
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
),

form_cells as (
    select * from {{ ref('form_cells') }}
)

select
    form_cells.form_version,
    measures.claim_no,
    readings.measure_code,
    readings.category_code,
    readings.rule_id,
    readings.reading_no,
    readings.reading_zh,
    readings.reading_en,
    readings.table_no,
    readings.line_code,
    readings.column_code,
    form_cells.column_no,
    readings.weight
from readings
inner join measures on readings.measure_code = measures.measure_code and readings.category_code = measures.category_code
inner join form_cells
    on
        coalesce(readings.form_version, form_cells.form_version) = form_cells.form_version
        and readings.table_no = form_cells.table_no
        and readings.line_code = form_cells.line_code
        and readings.column_code = form_cells.column_code

-- The cells the tables hold where the prose of a report says something, under every reading it admits: as printed, and
-- with each 总计 added up from its parts, which counts where the 总计 is not printed or is in doubt.
-- grain: report_id, measure_code, category_code, reading_no, line_code, column_code
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

readings as (
    select * from {{ ref('narrative_readings') }}
),

report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

form_cells as (
    select * from {{ ref('form_cells') }}
),

lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

asked as (
    select distinct
        figures.report_id,
        figures.measure_code,
        figures.category_code
    from figures
    inner join readings
        on figures.measure_code = readings.measure_code and figures.category_code = readings.category_code
),

terms as (
    select
        asked.*,
        readings.rule_id,
        readings.reading_no,
        readings.reading_zh,
        readings.reading_en,
        readings.table_no,
        readings.line_code,
        readings.column_code,
        readings.weight,
        form_cells.column_no
    from asked
    inner join readings
        on asked.measure_code = readings.measure_code and asked.category_code = readings.category_code
    inner join report_forms
        on
            asked.report_id = report_forms.report_id
            and readings.table_no = report_forms.table_no
            and coalesce(readings.form_version, report_forms.form_version) = report_forms.form_version
    inner join form_cells
        on
            report_forms.form_version = form_cells.form_version
            and readings.table_no = form_cells.table_no
            and readings.line_code = form_cells.line_code
            and readings.column_code = form_cells.column_code
)

select
    terms.*,
    {{ cell_of('lines.value', 'terms.column_no') }} as printed_value,
    case
        when terms.column_code <> 'total' then {{ cell_of('lines.value', 'terms.column_no') }}
        when terms.column_no = 7
            then lines.value_1 + lines.value_2 + lines.value_3 + lines.value_4 + lines.value_5 + lines.value_6
        when terms.column_no = 5 then lines.value_1 + lines.value_2 + lines.value_3 + lines.value_4
    end as added_value
from terms
inner join lines
    on
        terms.report_id = lines.report_id
        and terms.table_no = lines.table_no
        and terms.line_code = lines.line_code

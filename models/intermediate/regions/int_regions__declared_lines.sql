-- The lines of every consolidated report that stands for a region, with the value to use.
-- grain: region_code, fiscal_year, table_no, line_code
with region_years as (
    select * from {{ ref('int_regions__years') }}
),

form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
)

select
    region_years.region_code,
    region_years.fiscal_year,
    form_lines.form_version,
    form_lines.table_no,
    form_lines.line_code,
    {{ each_cell(
        'coalesce(corrections.corrected_#, form_lines.value_#) as declared_#, '
        'form_lines.status_# as declared_status_#, form_lines.unit_# as declared_unit_#, '
        'form_lines.step_# as declared_step_#'
    ) }}
from form_lines
inner join region_years on form_lines.report_id = region_years.declared_report_id
left join corrections
    on
        form_lines.report_id = corrections.report_id
        and form_lines.table_no = corrections.table_no
        and form_lines.line_code = corrections.line_code

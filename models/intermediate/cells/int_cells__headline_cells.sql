-- The cells headline figures are made of: the value to use, printed or, for a 总计 that is not, the sum of its parts.
-- grain: report_id, headline_code, table_no, line_code, column_code
{{ config(materialized='view') }}

with form_lines as (
    select * from {{ ref('int_cells__form_lines') }}
),

corrections as (
    select * from {{ ref('int_cells__line_corrections') }}
),

headline_cells as (
    select
        headlines.headline_code,
        cells.*
    from {{ ref('headline_cells') }} as headlines
    inner join {{ ref('form_lines') }} as cells
        on
            headlines.form_version = cells.form_version
            and headlines.table_no = cells.table_no
            and headlines.line_code = cells.line_code
            and headlines.column_code = cells.column_code
),

used as (
    select
        form_lines.report_id,
        headline_cells.headline_code,
        form_lines.table_no,
        form_lines.line_code,
        headline_cells.column_code,
        coalesce(
            {{ cell_of('corrections.corrected', 'headline_cells.column_no') }},
            {{ cell_of('form_lines.value', 'headline_cells.column_no') }}
        ) as used_value,
        {{ cell_of('form_lines.status', 'headline_cells.column_no') }} as printed_status,
        case
            when headline_cells.column_code <> 'total' then null
            when headline_cells.table_no = 3 then {{ sum_of_parts(6) }}
            when headline_cells.table_no = 4 then {{ sum_of_parts(4) }}
        end as sum_of_parts
    from form_lines
    inner join headline_cells
        on
            form_lines.form_version = headline_cells.form_version
            and form_lines.table_no = headline_cells.table_no
            and form_lines.line_code = headline_cells.line_code
    left join corrections
        on
            form_lines.report_id = corrections.report_id
            and form_lines.table_no = corrections.table_no
            and form_lines.line_code = corrections.line_code
)

select
    report_id,
    headline_code,
    table_no,
    line_code,
    column_code,
    cast(coalesce(used_value, sum_of_parts) as decimal(24, 6)) as cell_value,
    case
        when used_value is not null then 'reported'
        when sum_of_parts is not null then 'derived'
        else printed_status
    end as cell_status
from used

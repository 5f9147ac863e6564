-- The five facts hold every cell of form_cells once, with the value and status as printed, and nothing else.
-- Compared report by report, by count and fingerprint of (table, line, column, value, status): both directions,
-- every cell.
{%- set cell = ['table_no', 'line_code', 'column_code', 'printed_value', 'printed_status'] %}

with fact_cells as (
    select
        report_id,
        2 as table_no,
        item_code as line_code,
        measure_code as column_code,
        value_printed as printed_value,
        value_status as printed_status
    from {{ ref('fct_proactive_items') }}

    {%- for flow in ['new', 'carried_in', 'closed', 'carried_out'] %}

    union all

    select
        report_id,
        3 as table_no,
        '{{ flow }}' as line_code,
        applicant_type_code as column_code,
        {{ flow }}_count_printed as printed_value,
        {{ flow }}_count_status as printed_status
    from {{ ref('fct_applications') }}
    {%- endfor %}

    union all

    select
        report_id,
        3 as table_no,
        outcome_code as line_code,
        applicant_type_code as column_code,
        outcome_count_printed as printed_value,
        outcome_count_status as printed_status
    from {{ ref('fct_outcomes') }}

    union all

    select
        report_id,
        4 as table_no,
        route_code as line_code,
        result_code as column_code,
        case_count_printed as printed_value,
        case_count_status as printed_status
    from {{ ref('fct_disputes') }}

    union all

    select
        report_id,
        table_no,
        line_code,
        'total' as column_code,
        total_count_printed as printed_value,
        total_count_status as printed_status
    from {{ ref('fct_printed_totals') }}
),

form_cells as (
    select
        report_id,
        table_no,
        line_code,
        column_code,
        value as printed_value,
        value_status as printed_status
    from {{ ref('printed_form_cells') }}
),

in_facts as (
    select
        report_id,
        count(*) as cell_count,
        sum({{ row_hash(cell) }}) as cell_fingerprint
    from fact_cells
    where {{ enough_reports('report_id') }}
    group by report_id
),

in_form_cells as (
    select
        report_id,
        count(*) as cell_count,
        sum({{ row_hash(cell) }}) as cell_fingerprint
    from form_cells
    where {{ enough_reports('report_id') }}
    group by report_id
)

select
    coalesce(in_facts.report_id, in_form_cells.report_id) as report_id,
    in_facts.cell_count as cells_in_facts,
    in_form_cells.cell_count as cells_in_form_cells
from in_facts
full join in_form_cells on in_facts.report_id = in_form_cells.report_id
where
    in_facts.cell_count is distinct from in_form_cells.cell_count
    or in_facts.cell_fingerprint is distinct from in_form_cells.cell_fingerprint

-- Every accepted report has each cell of its three tables' forms exactly once, and nothing else has a cell.
-- Keys are compared by count and fingerprint: a lost, doubled or foreign cell changes one of them.
with form_tables as (
    select
        form_version,
        table_no,
        count(*) as cell_count,
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as cell_fingerprint
    from {{ ref('form_lines') }}
    group by form_version, table_no
),

report_tables as (
    {%- for table_no in [2, 3, 4] %}
    select
        report_id,
        {{ table_no }} as table_no,
        table{{ table_no }}_form as form_version
    from {{ ref('dim_report') }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

expected as (
    select
        report_tables.report_id,
        sum(form_tables.cell_count) as cell_count,
        sum(form_tables.cell_fingerprint) as cell_fingerprint
    from report_tables
    left join form_tables
        on
            report_tables.form_version = form_tables.form_version
            and report_tables.table_no = form_tables.table_no
    where {{ enough_reports('report_tables.report_id') }}
    group by report_tables.report_id
),

found as (
    select
        report_id,
        count(*) as cell_count,
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as cell_fingerprint
    from {{ ref('printed_form_cells') }}
    where {{ enough_reports('report_id') }}
    group by report_id
)

select
    coalesce(expected.report_id, found.report_id) as report_id,
    expected.cell_count as expected_count,
    found.cell_count as found_count
from expected
full join found on expected.report_id = found.report_id
where
    expected.cell_count is distinct from found.cell_count
    or expected.cell_fingerprint is distinct from found.cell_fingerprint

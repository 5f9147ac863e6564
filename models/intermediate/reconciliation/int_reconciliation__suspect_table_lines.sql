-- Every line of the tables that may break a rule down their columns.
-- A view: one model reads it, once.
-- grain: report_id, table_no, line_code
{{ config(materialized='view') }}

with suspect_tables as (
    select * from {{ ref('int_reconciliation__suspect_tables') }}
),

suspect_documents as (
    select
        report_id,
        document_id
    from {{ ref('int_documents__reports') }}
    where report_id in (select suspect_tables.report_id from suspect_tables)
),

all_count_lines as (
    {{ count_lines('suspect_documents') }}
),

all_other_lines as (
    select * from {{ ref('int_cells__other_lines') }}
),

{% for lines in ['count_lines', 'other_lines'] -%}
{{ lines }} as (
    select all_{{ lines }}.*
    from all_{{ lines }}
    inner join suspect_tables
        on
            all_{{ lines }}.report_id = suspect_tables.report_id
            and all_{{ lines }}.table_no = suspect_tables.table_no
){{ "," if not loop.last }}

{% endfor -%}
{{ form_lines() }}

-- The lines of accepted reports that are nothing but counts, as nearly all are: integers instead of decimals, texts and
-- statuses. A view: they stand in raw as they are, and writing them again would cost more than all rules. Readers get
-- them as a table.
-- grain: report_id, table_no, line_code
{{ config(materialized='view', tags=['published'], meta={'published_as': 'table'}) }}

{{ count_lines(ref('int_documents__reports')) }}

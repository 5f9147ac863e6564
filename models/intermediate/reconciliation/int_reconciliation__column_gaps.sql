-- The terms that an equation down a column lacks, named: they lie on many lines, so they alone are gathered.
-- A view: whoever asks reads a few of them.
-- grain: report_id, rule_id, table_no, column_code
{{ config(materialized='view', tags=['published']) }}

{{ column_gaps(ref('int_cells__form_lines')) }}

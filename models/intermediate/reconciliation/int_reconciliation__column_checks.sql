-- Rules that run down a column: both sides and the verdict in each of the seven columns.
-- Only lines that are not all zeros are added up: most lines of a form are.
-- grain: report_id, rule_id, table_no
{{ config(materialized='view', tags=['published']) }}

{{ column_checks(ref('int_cells__form_lines')) }}

-- Rules a single cell is held against: the verdict on each of the seven cells of every line a rule covers.
-- A view, like the rows. Filter on `is_suspect` first: a few comparisons a line, where the rest costs ten times that.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

{{ cell_checks(ref('int_cells__form_lines')) }}

-- Rules that run along a line, added up: whether left and right agree and whether a term lacks its figure.
-- A view with as many rows as lines are covered; what nobody asks for of it costs nothing.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

{{ row_sums(ref('int_cells__form_lines')) }}

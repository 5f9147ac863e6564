-- Rules that run along a line: both sides and the verdict on every line a rule covers.
-- A view: it has about as many rows as the reports have lines, and whoever asks reads a few of them.
-- grain: report_id, rule_id, table_no, line_code
{{ config(materialized='view', tags=['published']) }}

{{ row_checks(ref('int_reconciliation__row_sums')) }}

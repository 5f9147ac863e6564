-- Every recognised line of every document ever read, typed: value, status, unit and step of up to seven cells.
-- grain: document_id, table_no, line_code
{{ config(materialized='view') }}

{{ typed_rows(ref('stg_form_rows')) }}

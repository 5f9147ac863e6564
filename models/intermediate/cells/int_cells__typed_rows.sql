-- Recognised lines of every document ever read that are more than counts, typed: value, status, unit and step of up to
-- seven cells. They print words, units or figures in doubt, or the form asks for an amount there, however plain it is.
-- grain: document_id, table_no, line_code
{{ config(materialized='view') }}

{{ typed_rows(ref('stg_text_rows')) }}

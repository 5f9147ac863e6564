-- The proof of a suggested correction as data: every sum with a changed cell in it, as printed and as corrected.
-- grain: group_id, candidate_no, report_id, rule_id, table_no, line_code, column_code
{{ config(materialized='table') }}

with proofs as (
    select * from {{ ref('int_reconciliation__repair_proofs') }}
),

candidates as (
    select * from {{ ref('int_reconciliation__repairs') }}
)

select
    proofs.group_id,
    candidates.candidate_no,
    proofs.equation_report_id as report_id,
    proofs.rule_id,
    proofs.table_no,
    proofs.equation_line_code as line_code,
    proofs.equation_column_code as column_code,
    proofs.finding_id,
    proofs.left_printed as printed_left_value,
    proofs.right_printed as printed_right_value,
    proofs.left_repaired as corrected_left_value,
    proofs.right_repaired as corrected_right_value,
    proofs.left_text_printed as printed_left_text,
    proofs.right_text_printed as printed_right_text,
    proofs.left_text_repaired as corrected_left_text,
    proofs.right_text_repaired as corrected_right_text
from proofs
inner join candidates on proofs.group_id = candidates.group_id and proofs.repair_no = candidates.repair_no

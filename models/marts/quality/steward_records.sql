-- What stewards decided, corrections and exceptions, and whether each decision still applies: none lapses silently.
-- grain: record_id
{{ config(materialized='table') }}

with corrections as (
    select * from {{ ref('int_cells__corrections') }}
),

exceptions as (
    select * from {{ ref('finding_exceptions') }}
),

findings as (
    select * from {{ ref('findings') }}
),

found as (
    select
        exceptions.*,
        findings.finding_id is not null as is_found,
        findings.report_id,
        findings.source_path,
        findings.table_no,
        findings.line_code,
        findings.column_code,
        -- Of a rule without a right side the figure itself.
        coalesce(findings.difference, findings.left_value) as difference
    from exceptions
    left join findings on exceptions.finding_id = findings.finding_id
)

select
    concat('C-', left(md5(concat_ws(
        '|', report_sha256, coalesce(source_path, ''), table_no, line_code, column_code
    )), 12)) as record_id,
    'correction' as record_type,
    cast(null as varchar) as finding_id,
    report_sha256,
    report_id,
    coalesce(report_path, source_path) as source_path,
    table_no,
    line_code,
    column_code,
    coalesce(old_value, '') as decided_on_value,
    case when column_no is not null then value_as_printed end as value_now,
    {{ number_text('new_value') }} as decision,
    reason,
    cast(null as varchar) as evidence,
    decided_by,
    decided_on,
    cast(null as date) as expires_on,
    state
from corrections

union all

select
    concat('X-', left(md5(concat_ws('|', finding_id, observed_difference)), 12)) as record_id,
    'exception' as record_type,
    finding_id,
    cast(null as varchar) as report_sha256,
    report_id,
    source_path,
    table_no,
    line_code,
    column_code,
    {{ number_text('observed_difference') }} as decided_on_value,
    {{ number_text('difference') }} as value_now,
    status as decision,
    reason,
    evidence,
    decided_by,
    decided_on,
    expires_on,
    case
        when not is_found then 'no_such_finding'
        when difference <> observed_difference then 'different_difference'
        when expires_on < {{ as_of() }} then 'expired'
        else 'applies'
    end as state
from found

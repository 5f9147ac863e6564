-- One row for every equation a report breaks and every claim of its prose that is contradicted, with figures and place.
-- Nothing is silenced.
-- grain: finding_id
{{ config(materialized='table') }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
),

exceptions as (
    select * from {{ ref('finding_exceptions') }}
),

found as (
    select * from {{ ref('int_reconciliation__findings') }}
    union all
    select * from {{ ref('int_narrative__findings') }}
)

select
    found.finding_id,
    found.report_id,
    reports.agency_id,
    reports.fiscal_year,
    found.rule_id,
    found.table_no,
    found.line_code,
    found.column_code,
    rules.severity,
    found.left_value,
    found.right_value,
    found.difference,
    found.equation_text,
    found.message_zh,
    found.message_en,
    reports.source_path,
    found.page_no,
    found.line_no,
    -- An exception is a decision about one observed difference, for a time: a report that changes resurfaces.
    coalesce(exceptions.status, 'open') as status
from found
inner join reports on found.report_id = reports.report_id
inner join rules on found.rule_id = rules.rule_id
left join exceptions
    on
        found.finding_id = exceptions.finding_id
        and coalesce(found.difference, found.left_value) = exceptions.observed_difference
        and exceptions.expires_on >= {{ as_of() }}

-- Rules that bind only some administrative levels: the reports they apply to. Where the level of an agency is not known
-- the rule is asked and cannot be answered, which is not the same as not asking it.
-- grain: report_id, rule_id
{{ config(tags=['published']) }}

with reports as (
    select * from {{ ref('int_documents__reports') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where status = 'active' and agency_levels is not null
)

select
    reports.report_id,
    rules.rule_id,
    coalesce(reports.level, 'unknown') <> 'unknown' as is_level_known
from reports
inner join rules
    on
        coalesce(reports.level, 'unknown') = 'unknown'
        or concat('|', rules.agency_levels, '|') like concat('%|', reports.level, '|%')

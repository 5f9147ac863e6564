-- A failing verdict without a finding would be silence, a finding without a failing verdict a false alarm.
with failures as (
    select
        report_id,
        rule_id,
        cast(null as varchar) as finding_id,
        table_no,
        line_code,
        column_code,
        left_value,
        right_value
    from {{ ref('rule_results') }}
    where verdict = 'fail' and {{ enough_reports('report_id') }}

    union all

    select
        report_id,
        rule_id,
        finding_id,
        table_no,
        line_code,
        column_code,
        claimed_value as left_value,
        compared_value as right_value
    from {{ ref('narrative_claims') }}
    where verdict = 'fail' and {{ enough_reports('report_id') }}
),

findings as (
    select
        report_id,
        rule_id,
        finding_id,
        table_no,
        line_code,
        column_code,
        left_value,
        right_value
    from {{ ref('findings') }}
    where {{ enough_reports('report_id') }}
)

select
    coalesce(failures.report_id, findings.report_id) as report_id,
    coalesce(failures.rule_id, findings.rule_id) as rule_id,
    failures.report_id is not null as is_failure,
    findings.report_id is not null as is_finding
from failures
full join findings
    on
        failures.report_id = findings.report_id
        and failures.rule_id = findings.rule_id
        and failures.table_no is not distinct from findings.table_no
        and failures.line_code = findings.line_code
        and failures.column_code = findings.column_code
        -- One report may say several wrong things of one cell.
        and coalesce(failures.finding_id, findings.finding_id) = findings.finding_id
where
    failures.left_value is distinct from findings.left_value
    or failures.right_value is distinct from findings.right_value
    or failures.report_id is null
    or findings.report_id is null

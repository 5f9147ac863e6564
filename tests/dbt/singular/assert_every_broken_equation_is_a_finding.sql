-- A failing verdict without a finding would be silence, a finding without a failing verdict a false alarm.
with failures as (
    select
        report_id,
        rule_id,
        table_no,
        line_code,
        column_code,
        left_value,
        right_value
    from {{ ref('rule_results') }}
    where verdict = 'fail'
),

findings as (
    select
        report_id,
        rule_id,
        table_no,
        line_code,
        column_code,
        left_value,
        right_value
    from {{ ref('findings') }}
)

(select * from failures except select * from findings)
union all
(select * from findings except select * from failures)

-- How many equations of a rule came to each verdict in a report, with an example of what those lack that have none.
-- Counted from the equations asked, the broken ones and those with a gap; the others hold.
-- grain: report_id, rule_id, verdict
{{ config(materialized='table') }}

with asked as (
    select * from {{ ref('int_reconciliation__asked_equations') }}
),

failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

open_equations as (
    select * from {{ ref('int_reconciliation__open_equations') }}
),

not_held as (
    select
        report_id,
        rule_id,
        'fail' as verdict,
        count(*) as equation_count,
        cast(null as integer) as example_table_no,
        cast(null as varchar) as example_missing_terms
    from failed_equations
    group by report_id, rule_id

    union all

    select
        report_id,
        rule_id,
        verdict,
        count(*) as equation_count,
        min(table_no) as example_table_no,
        arg_min(missing_terms, (table_no, line_code, column_code)) as example_missing_terms
    from open_equations
    group by report_id, rule_id, verdict
),

counts as (
    select
        report_id,
        rule_id,
        equation_count
    from asked

    union all

    select
        report_id,
        rule_id,
        -equation_count as equation_count
    from not_held
)

select
    report_id,
    rule_id,
    'pass' as verdict,
    cast(sum(equation_count) as integer) as equation_count,
    cast(null as integer) as example_table_no,
    cast(null as varchar) as example_missing_terms
from counts
group by report_id, rule_id
having sum(equation_count) <> 0

union all

select
    report_id,
    rule_id,
    verdict,
    cast(equation_count as integer) as equation_count,
    example_table_no,
    example_missing_terms
from not_held

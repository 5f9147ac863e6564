-- How many equations of each rule a report is asked: those of its forms, and those that other reports let it be asked.
-- A view: one model reads it, once.
-- grain: report_id, rule_id; several rows where the rule is on several tables
{{ config(materialized='view') }}

with report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where level_rule_id is not null
),

level_rules as (
    select * from {{ ref('int_reconciliation__level_rules') }}
),

outward_checks as (
    select * from {{ ref('int_reconciliation__outward_checks') }}
),

form_equations as (
    select
        rule_id,
        form_version,
        table_no,
        count(distinct concat_ws('|', line_code, column_code)) as equation_count,
        rule_id in (select line_terms.level_rule_id from line_terms) as is_for_levels
    from terms
    where axis <> 'hierarchy' and not is_linked
    group by rule_id, form_version, table_no
)

select
    report_forms.report_id,
    form_equations.rule_id,
    form_equations.equation_count
from report_forms
inner join form_equations
    on report_forms.form_version = form_equations.form_version and report_forms.table_no = form_equations.table_no
left join level_rules
    on report_forms.report_id = level_rules.report_id and form_equations.rule_id = level_rules.rule_id
where not form_equations.is_for_levels or level_rules.rule_id is not null

union all

select
    report_id,
    rule_id,
    count(*) as equation_count
from outward_checks
group by report_id, rule_id

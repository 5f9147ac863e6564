-- The tables of reports whose broken sums may need more than one cell changed: of every agency and scope with a broken
-- sum that no single cell is sure to mend, or with several groups of them, which one fault may have broken together.
-- With them the years before and after, which are evidence and may be where the fault lies.
-- grain: report_id, table_no
with failed_equations as (
    select * from {{ ref('int_reconciliation__failed_equations') }}
),

failed_terms as (
    select * from {{ ref('int_reconciliation__failed_terms') }}
),

candidates as (
    select * from {{ ref('int_reconciliation__repair_candidates') }}
),

rules as (
    select * from {{ ref('reconciliation_rules') }}
    where relation = 'eq' and severity = 'hard'
),

terms as (
    select * from {{ ref('int_reconciliation__terms') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

previous_reports as (
    select * from {{ ref('int_documents__previous_reports') }}
),

sums_of_cells as (
    select
        terms.form_version,
        terms.table_no,
        terms.term_line_code as line_code,
        terms.term_column_code as column_code,
        count(*) as sums_count
    from terms
    inner join rules on terms.rule_id = rules.rule_id
    group by terms.form_version, terms.table_no, terms.term_line_code, terms.term_column_code
),

-- A cell all of whose sums are broken mends them without breaking another: nothing more is to be proven.
sure_candidates as (
    select candidates.*
    from candidates
    inner join sums_of_cells
        on
            candidates.form_version = sums_of_cells.form_version
            and candidates.table_no = sums_of_cells.table_no
            and candidates.line_code = sums_of_cells.line_code
            and candidates.column_code = sums_of_cells.column_code
            and candidates.sums_broken = sums_of_cells.sums_count
),

surely_mended as (
    select distinct
        failed_terms.finding_id,
        sure_candidates.group_id
    from sure_candidates
    inner join failed_terms
        on
            sure_candidates.report_id = failed_terms.term_report_id
            and sure_candidates.table_no = failed_terms.table_no
            and sure_candidates.line_code = failed_terms.line_code
            and sure_candidates.column_code = failed_terms.column_code
),

broken_sums as (
    select
        failed_equations.report_id,
        failed_equations.table_no,
        reports.agency_id,
        reports.scope,
        surely_mended.group_id is null as is_open,
        coalesce(surely_mended.group_id, failed_equations.finding_id) as group_id
    from failed_equations
    inner join rules on failed_equations.rule_id = rules.rule_id
    inner join reports on failed_equations.report_id = reports.report_id
    left join surely_mended on failed_equations.finding_id = surely_mended.finding_id
),

families as (
    select
        agency_id,
        scope,
        table_no
    from broken_sums
    group by agency_id, scope, table_no
    having bool_or(is_open) or count(distinct group_id) > 1
),

faulty as (
    select distinct
        broken_sums.report_id,
        broken_sums.table_no
    from broken_sums
    inner join families
        on
            broken_sums.agency_id = families.agency_id
            and broken_sums.scope = families.scope
            and broken_sums.table_no = families.table_no
)

select * from faulty
union
select
    previous_reports.previous_report_id as report_id,
    faulty.table_no
from faulty
inner join previous_reports on faulty.report_id = previous_reports.report_id
union
select
    previous_reports.report_id,
    faulty.table_no
from faulty
inner join previous_reports on faulty.report_id = previous_reports.previous_report_id

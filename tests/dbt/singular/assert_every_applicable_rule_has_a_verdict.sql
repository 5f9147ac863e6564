-- What should have been checked equals what was, in both directions. What should have been follows from the reports,
-- their forms and the rule seeds alone; nothing of the engine is read but its results.
-- Equations are compared by count and fingerprint: one that is lost, doubled or made up changes one of them.
with rules as (
    select * from {{ ref('reconciliation_rules') }}
    where status = 'active'
),

-- The cells on the left of a rule say where it stands: one equation a column, a line or a cell.
form_equations as (
    select distinct
        terms.rule_id,
        rules.agency_levels,
        terms.form_version,
        terms.table_no,
        case when rules.axis = 'column' then '*' else form_lines.line_code end as line_code,
        case when rules.axis = 'row' then '*' else form_lines.column_code end as column_code
    from rules
    inner join {{ ref('reconciliation_rule_terms') }} as terms on rules.rule_id = terms.rule_id
    inner join {{ ref('form_lines') }} as form_lines
        on
            terms.form_version = form_lines.form_version
            and terms.table_no = form_lines.table_no
            and terms.line_code in ('*', form_lines.line_code)
            and terms.column_code in ('*', form_lines.column_code)
    where terms.side = 'left'
),

form_counts as (
    select
        rule_id,
        agency_levels,
        form_version,
        table_no,
        count(*) as equation_count,
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as fingerprint
    from form_equations
    group by rule_id, agency_levels, form_version, table_no
),

report_tables as (
    {%- for table_no in [2, 3, 4] %}
    select
        reports.report_id,
        coalesce(agencies.level_code, 'unknown') as agency_level,
        {{ table_no }} as table_no,
        reports.table{{ table_no }}_form as form_version
    from {{ ref('dim_report') }} as reports
    left join {{ ref('dim_agency') }} as agencies on reports.agency_id = agencies.agency_id
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

expected as (
    select
        report_tables.report_id,
        form_counts.rule_id,
        sum(form_counts.equation_count) as equation_count,
        sum(form_counts.fingerprint) as fingerprint
    from report_tables
    inner join form_counts
        on
            report_tables.form_version = form_counts.form_version
            and report_tables.table_no = form_counts.table_no
    where
        form_counts.agency_levels is null
        or report_tables.agency_level = 'unknown'
        or concat('|', form_counts.agency_levels, '|') like concat('%|', report_tables.agency_level, '|%')
    group by report_tables.report_id, form_counts.rule_id
),

found as (
    select
        report_id,
        rule_id,
        count(verdict) as equation_count,
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as fingerprint
    from {{ ref('rule_results') }}
    group by report_id, rule_id
)

select
    coalesce(expected.report_id, found.report_id) as report_id,
    coalesce(expected.rule_id, found.rule_id) as rule_id,
    expected.equation_count as expected_count,
    found.equation_count as found_count
from expected
full join found on expected.report_id = found.report_id and expected.rule_id = found.rule_id
where
    expected.equation_count is distinct from found.equation_count
    or expected.fingerprint is distinct from found.fingerprint

-- What should have been checked equals what was, in both directions. What should have been follows from the reports,
-- their forms and the rule seeds alone; nothing of the engine is read but its results.
-- Equations are compared by count and fingerprint: one that is lost, doubled or made up changes one of them, and so
-- does one with a key or a verdict that there is not. The view is long: the counts of it in rule_verdicts are compared
-- here as well.
{%- set verdicts = ['pass', 'fail', 'not_evaluable', 'pass_if_blank_is_zero'] %}

with rules as (
    select * from {{ ref('reconciliation_rules') }}
    where status = 'active'
),

-- The cells on the left of a rule say where it stands: one equation a column, a line or a cell.
form_equations as (
    select distinct
        terms.rule_id,
        rules.agency_levels,
        rules.axis = 'hierarchy' as asks_members,
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
        asks_members,
        form_version,
        table_no,
        count(*) as equation_count,
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as fingerprint
    from form_equations
    group by rule_id, agency_levels, asks_members, form_version, table_no
),

-- Rules that look at the year before, and the forms that year's report may follow for them: those with the same cells.
linked_rules as (
    select distinct
        rule_id,
        form_version
    from {{ ref('reconciliation_rule_terms') }}
    where year_offset < 0
),

earlier_forms as (
    select
        terms.rule_id,
        terms.form_version,
        versions.form_version as earlier_form
    from {{ ref('reconciliation_rule_terms') }} as terms
    cross join (values ('2019'), ('2021')) as versions (form_version)
    where
        terms.year_offset < 0
        and exists (
            select 1
            from {{ ref('form_lines') }} as form_lines
            where
                versions.form_version = form_lines.form_version
                and terms.table_no = form_lines.table_no
                and terms.line_code in ('*', form_lines.line_code)
                and terms.column_code in ('*', form_lines.column_code)
        )
    group by terms.rule_id, terms.form_version, versions.form_version
    having
        count(*) = (
            select count(*)
            from {{ ref('reconciliation_rule_terms') }} as all_terms
            where
                all_terms.year_offset < 0
                and all_terms.rule_id = terms.rule_id
                and all_terms.form_version = terms.form_version
        )
),

report_tables as (
    {%- for table_no in [2, 3, 4] %}
    select
        reports.report_id,
        coalesce(agencies.level_code, 'unknown') as agency_level,
        {{ table_no }} as table_no,
        reports.scope_code = 'consolidated' and exists (
            select 1
            from {{ ref('region_members') }} as members
            where
                members.region_agency_id = reports.agency_id
                and members.fiscal_year = reports.fiscal_year
                and members.role_code = 'counted'
        ) as has_members,
        reports.table{{ table_no }}_form as form_version,
        earlier.table{{ table_no }}_form as earlier_form
    from {{ ref('dim_report') }} as reports
    left join {{ ref('dim_report') }} as earlier
        on
            reports.agency_id = earlier.agency_id
            and reports.scope_code = earlier.scope_code
            and reports.fiscal_year = earlier.fiscal_year + 1
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
    left join linked_rules
        on form_counts.rule_id = linked_rules.rule_id and form_counts.form_version = linked_rules.form_version
    left join earlier_forms
        on
            form_counts.rule_id = earlier_forms.rule_id
            and form_counts.form_version = earlier_forms.form_version
            and report_tables.earlier_form = earlier_forms.earlier_form
    where
        {{ enough_reports('report_tables.report_id') }}
        and (linked_rules.rule_id is null or earlier_forms.rule_id is not null)
        and (report_tables.has_members or not form_counts.asks_members)
        and (
            form_counts.agency_levels is null
            or report_tables.agency_level = 'unknown'
            or concat('|', form_counts.agency_levels, '|') like concat('%|', report_tables.agency_level, '|%')
        )
    group by report_tables.report_id, form_counts.rule_id
),

found as (
    select
        report_id,
        rule_id,
        count(case when verdict in ({{ verdicts | map('tojson') | join(', ') | replace('"', "'") }}) then 1 end)
            as equation_count,
        {%- for verdict in verdicts %}
        count(case when verdict = '{{ verdict }}' then 1 end) as {{ verdict }}_count,
        {%- endfor %}
        sum({{ row_hash(['table_no', 'line_code', 'column_code']) }}) as fingerprint
    from {{ ref('rule_results') }}
    where {{ enough_reports('report_id') }}
    group by report_id, rule_id
),

counted as (
    select
        report_id,
        rule_id,
        {%- for verdict in verdicts %}
        sum(case when verdict = '{{ verdict }}' then equation_count else 0 end) as {{ verdict }}_count,
        {%- endfor %}
        sum(equation_count) as equation_count
    from {{ ref('rule_verdicts') }}
    where {{ enough_reports('report_id') }}
    group by report_id, rule_id
)

select
    coalesce(expected.report_id, found.report_id, counted.report_id) as report_id,
    coalesce(expected.rule_id, found.rule_id, counted.rule_id) as rule_id,
    expected.equation_count as expected_count,
    found.equation_count as found_count,
    counted.equation_count as counted_count
from expected
full join found on expected.report_id = found.report_id and expected.rule_id = found.rule_id
full join counted on expected.report_id = counted.report_id and expected.rule_id = counted.rule_id
where
    expected.equation_count is distinct from found.equation_count
    or expected.equation_count is distinct from counted.equation_count
    or expected.fingerprint is distinct from found.fingerprint
    {%- for verdict in verdicts %}
    or found.{{ verdict }}_count is distinct from counted.{{ verdict }}_count
    {%- endfor %}

-- The engine evaluates what the rule seeds say, within bounds: what a rule asks beyond them would go unheard.
with rules as (
    select * from {{ ref('reconciliation_rules') }}
    where axis <> 'prose'
),

terms as (
    select
        terms.*,
        rules.axis,
        rules.relation,
        concat('|', rules.form_versions, '|') as form_versions
    from {{ ref('reconciliation_rule_terms') }} as terms
    inner join rules on terms.rule_id = rules.rule_id
),

rule_forms as (
    select
        rule_id,
        axis,
        relation,
        form_version,
        table_no,
        form_versions,
        count(case when side = 'left' and line_code is not null then 1 end) as left_cells,
        count(case when side = 'right' then 1 end) as right_terms,
        count(case when side = 'upper' then 1 end) as upper_terms
    from terms
    group by rule_id, axis, relation, form_version, table_no, form_versions
)

select
    rule_id,
    'levels are asked of rules along a line of one year' as fault
from rules
where
    agency_levels is not null
    and (
        axis <> 'row'
        or rule_id in (
            select terms.rule_id
            from terms
            where terms.year_offset < 0
        )
    )

union all

select
    rule_id,
    'a relation this axis does not know' as fault
from rules
where
    (relation = 'between' and axis = 'column')
    or (relation = 'whole' and axis <> 'single')
    -- A sum of some members is a lower bound and no more.
    or (relation <> 'ge' and axis = 'hierarchy')

union all

select
    rule_id,
    'a term this axis cannot weigh' as fault
from terms
where
    (axis <> 'row' and requires_unit is not null)
    or (axis = 'column' and (line_code is null or abs(weight) <> 1 or column_code <> '*' or line_code = '*'))
    or (axis = 'row' and column_code = '*')
    or (axis = 'single' and side = 'left' and (line_code is null or weight <> 1))
    or (axis = 'single' and side <> 'left' and line_code is not null)
    or (axis = 'hierarchy' and (line_code is null or '*' in (line_code, column_code)))
    or (axis = 'hierarchy' and (year_offset <> 0 or weight <> 1))
    or (line_code is null) <> (column_code is null)

union all

select
    rule_id,
    'a cell that is not asked of the report and of its members' as fault
from terms
where axis = 'hierarchy'
group by rule_id, form_version, table_no, line_code, column_code
having count(case when side = 'left' then 1 end) <> 1 or count(case when side = 'right' then 1 end) <> 1

union all

select
    rule_id,
    'a side without terms, or an upper bound nobody asked for' as fault
from rule_forms
where
    left_cells = 0
    or (right_terms = 0 and relation <> 'whole')
    or (upper_terms > 0) <> (relation = 'between')

union all

select
    rule_id,
    'terms for a form the rule does not name' as fault
from rule_forms
where form_versions not like concat('%|', form_version, '|%')

union all

select
    rules.rule_id,
    'no terms for a form the rule names' as fault
from rules
cross join (values ('2019'), ('2021')) as forms (form_version)
where
    concat('|', rules.form_versions, '|') like concat('%|', forms.form_version, '|%')
    and not exists (
        select 1
        from rule_forms
        where rules.rule_id = rule_forms.rule_id and forms.form_version = rule_forms.form_version
    )

union all

-- A finding stands where its report prints it: what is looked up in another year's report is on the left.
select
    rule_id,
    'a right side of another year, or no cell of the year itself' as fault
from terms
group by rule_id, form_version, table_no
having
    min(year_offset) < 0
    and (min(case when side <> 'left' then year_offset else 0 end) < 0 or max(year_offset) < 0)

union all

-- A rule down a column adds the k-th cells of its lines: they must be the same column of the form.
select
    rule_id,
    'a column that is not at the same place on every line' as fault
from {{ ref('int_reconciliation__terms') }}
where axis = 'column'
group by rule_id, form_version, table_no, column_code
having count(distinct term_column_no) > 1

union all

-- A rule of the prose compares with readings, parts or shares, never with terms; some claim must be able to break it.
select
    prose.rule_id,
    'a rule of the prose with terms of the tables, or with nothing to compare' as fault
from {{ ref('reconciliation_rules') }} as prose
where
    prose.axis = 'prose'
    and (
        prose.rule_id in (select with_terms.rule_id from {{ ref('reconciliation_rule_terms') }} as with_terms)
        or (
            prose.rule_id <> 'NT-SHARE'
            and prose.rule_id not in (select readings.rule_id from {{ ref('narrative_readings') }} as readings)
            and prose.rule_id not in (select partitions.rule_id from {{ ref('narrative_partitions') }} as partitions)
        )
    )

union all

-- The readings of a claim stand side by side, so they are of one rule and one table.
select
    min(rule_id) as rule_id,
    'a claim with readings of two rules or two tables' as fault
from {{ ref('narrative_readings') }}
group by measure_code, category_code
having min(rule_id) <> max(rule_id) or min(table_no) <> max(table_no)

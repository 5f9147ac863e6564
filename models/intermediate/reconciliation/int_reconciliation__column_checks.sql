-- Rules that run down a column: both sides and the verdict in each of the seven columns.
-- Sums take only lines that hold a figure and gaps only lines that lack one: most lines of a form print nothing but zeros.
-- grain: report_id, rule_id, table_no
{{ config(tags=['published']) }}

with terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
    where axis = 'column'
),

-- Every report has a row for every line of its form, so the first line of a rule is there once a report.
checks as (
    select
        lines.report_id,
        terms.*
    from {{ ref('int_cells__form_lines') }} as lines
    inner join terms on {{ on_form_line() }}
    where terms.is_first_line
),

sums as (
    select
        lines.report_id,
        terms.check_no,
        {%- for k in range(1, 8) %}
        sum({{ signed('lines.value_' ~ k, 'terms.left_' ~ k) }}) as left_{{ k }},
        sum({{ signed('lines.value_' ~ k, 'terms.right_' ~ k) }}) as right_{{ k }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('int_cells__form_lines') }} as lines
    inner join terms on {{ on_form_line() }}
    where
        {%- for k in range(1, 8) %}
        {{ "or " if not loop.first }}lines.value_{{ k }} <> 0
        {%- endfor %}
    group by lines.report_id, terms.check_no
),

gaps as (
    select
        lines.report_id,
        terms.check_no,
        {%- for k in range(1, 8) %}
        count(case when lines.value_{{ k }} is null then terms.left_{{ k }} end) as left_missing_{{ k }},
        count(case when lines.value_{{ k }} is null then terms.right_{{ k }} end) as right_missing_{{ k }},
        count(case when lines.status_{{ k }} = 'blank' then terms.left_{{ k }} end)
        + count(case when lines.status_{{ k }} = 'blank' then terms.right_{{ k }} end) as blank_{{ k }},
        sum(lines.step_{{ k }} * (abs(coalesce(terms.left_{{ k }}, 0)) + abs(coalesce(terms.right_{{ k }}, 0))))
            as step_{{ k }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('int_cells__form_lines') }} as lines
    inner join terms on {{ on_form_line() }}
    where
        {%- for k in range(1, 8) %}
        {{ "or " if not loop.first }}lines.value_{{ k }} is null or lines.step_{{ k }} is not null
        {%- endfor %}
    group by lines.report_id, terms.check_no
),

evaluated as (
    select
        checks.*,
        {%- for k in range(1, 8) %}
        coalesce(checks.left_{{ k }}, checks.right_{{ k }}) is not null as has_{{ k }},
        {%- for side in ['left', 'right'] %}
        coalesce(sums.{{ side }}_{{ k }}, 0) as {{ side }}_sum_{{ k }},
        coalesce(gaps.{{ side }}_missing_{{ k }}, 0) as {{ side }}_missing_{{ k }},
        {%- endfor %}
        coalesce(gaps.blank_{{ k }}, 0) as blank_{{ k }},
        gaps.step_{{ k }}{{ "," if not loop.last }}
        {%- endfor %}
    from checks
    left join sums on checks.report_id = sums.report_id and checks.check_no = sums.check_no
    left join gaps on checks.report_id = gaps.report_id and checks.check_no = gaps.check_no
)

select
    report_id,
    rule_id,
    form_version,
    table_no,
    {%- for k in range(1, 8) %}
    cast(case when has_{{ k }} and left_missing_{{ k }} = 0 then left_sum_{{ k }} end as decimal(38, 6)) as left_{{ k }},
    cast(case when has_{{ k }} and right_missing_{{ k }} = 0 then right_sum_{{ k }} end as decimal(38, 6)) as right_{{ k }},
    case
        when has_{{ k }} then {{ verdict(
            'left_missing_' ~ k ~ ' + right_missing_' ~ k,
            'blank_' ~ k,
            relation_holds('left_sum_' ~ k ~ ' - right_sum_' ~ k, 'tolerance + coalesce(step_' ~ k ~ ', 0) * 0.5'),
        ) }}
    end as verdict_{{ k }}{{ "," if not loop.last }}
    {%- endfor %}
from evaluated

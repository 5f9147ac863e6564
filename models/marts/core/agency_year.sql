-- Headline figures and rates of an agency in a year, each with its status and whether a failing hard rule casts doubt on it.
-- grain: agency_id, fiscal_year, scope
{%- set rates = rate_definitions() %}

with reports as (
    select * from {{ ref('dim_report') }}
),

headlines as (
    select * from {{ ref('int_cells__headlines_wide') }}
),

open_findings as (
    select
        report_id,
        cast(sum(case when severity = 'hard' then 1 else 0 end) as integer) as open_hard_findings,
        cast(sum(case when severity = 'soft' then 1 else 0 end) as integer) as open_soft_findings
    from {{ ref('findings') }}
    where status = 'open'
    group by report_id
),

-- A numerator or denominator is known only when every headline in it is.
rate_parts as (
    select
        report_id,
        {%- for rate, (numerator, denominator) in rates.items() %}
        cast({{ numerator | join(' + ') }} as decimal(24, 6)) as {{ rate }}_numerator,
        cast({{ denominator | join(' + ') }} as decimal(24, 6)) as {{ rate }}_denominator,
        {% for code in numerator + denominator -%}
        {{ code }}_is_doubtful{{ " or " if not loop.last }}
        {%- endfor %} as {{ rate }}_is_doubtful,
        {% for code in numerator + denominator -%}
        {{ code }}_status = 'derived'{{ " or " if not loop.last }}
        {%- endfor %} as {{ rate }}_is_derived{{ "," if not loop.last }}
        {%- endfor %}
    from headlines
)

select
    reports.agency_id,
    reports.fiscal_year,
    reports.scope,
    reports.report_id,
    reports.form_version,
    {%- for code in headline_codes() %}
    headlines.{{ code }},
    headlines.{{ code }}_status,
    headlines.{{ code }}_is_doubtful,
    {%- endfor %}
    reports.table_2_form_version as normative_documents_form_version,
    {%- for rate in rates %}
    {%- set has_cases = 'rate_parts.' ~ rate ~ '_denominator > 0' %}
    case
        when {{ has_cases }}
            then cast(rate_parts.{{ rate }}_numerator as double) / cast(rate_parts.{{ rate }}_denominator as double)
    end as {{ rate }},
    rate_parts.{{ rate }}_numerator,
    rate_parts.{{ rate }}_denominator,
    case
        -- No case is neither 0 % nor 100 %.
        when rate_parts.{{ rate }}_numerator is not null and rate_parts.{{ rate }}_denominator = 0 then 'no_cases'
        when rate_parts.{{ rate }}_numerator is not null and {{ has_cases }}
            then case when rate_parts.{{ rate }}_is_derived then 'derived' else 'reported' end
        else 'not_available'
    end as {{ rate }}_status,
    rate_parts.{{ rate }}_is_doubtful,
    {%- endfor %}
    coalesce(open_findings.open_hard_findings, 0) as open_hard_findings,
    coalesce(open_findings.open_soft_findings, 0) as open_soft_findings,
    reports.cells_total,
    reports.cells_reported
from reports
inner join headlines on reports.report_id = headlines.report_id
inner join rate_parts on reports.report_id = rate_parts.report_id
left join open_findings on reports.report_id = open_findings.report_id

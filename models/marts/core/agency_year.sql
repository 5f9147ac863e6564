-- Headline figures and rates of an agency in a year, each with its status and whether a failing hard rule casts
-- doubt on it.
-- grain: agency_id, fiscal_year, scope_code
{%- set rates = rate_definitions() %}

with reports as (
    select * from {{ ref('dim_report') }}
),

headlines as (
    select * from {{ ref('int_cells__headlines_wide') }}
),

-- A numerator or denominator is known only when every headline in it is.
rate_parts as (
    select
        report_id,
        {{ rate_part_columns(rates) }}
    from headlines
)

select
    reports.agency_id,
    reports.fiscal_year,
    reports.scope_code,
    reports.report_id,
    reports.form_version,
    {{ each_code(headline_codes(), 'headlines.#, headlines.#_status, headlines.#_is_doubtful') }},
    reports.table2_form as normative_documents_form_version,
    {{ each_code(rates, rate_columns('#')) }},
    reports.open_hard_findings,
    reports.open_soft_findings,
    reports.cells_total,
    reports.cells_reported,
    reports.is_sample
from reports
inner join headlines on reports.report_id = headlines.report_id
inner join rate_parts on reports.report_id = rate_parts.report_id

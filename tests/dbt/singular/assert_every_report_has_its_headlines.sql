-- agency_year has exactly the accepted reports, and no headline or rate is silent: a value where the status says so, none elsewhere.
{%- set rates = rate_definitions() %}

with reports as (
    select * from {{ ref('dim_report') }}
),

agency_year as (
    select * from {{ ref('agency_year') }}
)

select coalesce(reports.report_id, agency_year.report_id) as report_id
from reports
full join agency_year on reports.report_id = agency_year.report_id
where
    reports.report_id is null
    or agency_year.report_id is null
    {%- for code in headline_codes() %}
    or (agency_year.{{ code }} is not null) <> (agency_year.{{ code }}_status in ('reported', 'derived'))
    {%- endfor %}
    {%- for rate in rates %}
    or (agency_year.{{ rate }} is not null) <> (agency_year.{{ rate }}_status in ('reported', 'derived'))
    or (agency_year.{{ rate }}_status = 'no_cases') <> (
        agency_year.{{ rate }}_numerator is not null and agency_year.{{ rate }}_denominator = 0
    )
    {%- endfor %}

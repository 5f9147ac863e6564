-- agency_year has exactly the accepted reports, and no headline or rate is silent: a value where the status says
-- so, none elsewhere.
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
    or {{ each_code(
        headline_codes(),
        "(agency_year.# is not null) <> (agency_year.#_status in ('reported', 'derived'))",
        ' or'
    ) }}
    or {{ each_code(
        rate_definitions(),
        "(agency_year.# is not null) <> (agency_year.#_status in ('reported', 'derived'))"
        " or (agency_year.#_status = 'no_cases')"
        " <> (agency_year.#_numerator is not null and agency_year.#_denominator = 0)",
        ' or'
    ) }}

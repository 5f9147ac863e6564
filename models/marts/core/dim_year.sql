-- Years from the first form of the 2019 regulation on to the latest report, without gaps.
-- grain: fiscal_year
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

-- Dates of one level alone are in reporting_status, where the level is.
due_dates as (
    select * from {{ ref('due_dates') }}
    where level_code is null
),

years as (
    {{ integers_between(
        '(select least(2019, coalesce(min(fiscal_year), 2019)) from reports)',
        '(select greatest(2019, coalesce(max(fiscal_year), 2019)) from reports)',
        'fiscal_year'
    ) }}
)

select
    years.fiscal_year,
    case
        when years.fiscal_year between 2019 and 2020 then '2019'
        when years.fiscal_year >= 2021 then '2021'
    end as form_in_force,
    cast(concat(years.fiscal_year + 1, '-', own.due_day) as date) as due_on_own,
    cast(concat(years.fiscal_year + 1, '-', consolidated.due_day) as date) as due_on_consolidated
from years
left join due_dates as own
    on
        own.scope_code = 'own'
        and years.fiscal_year between own.first_year and coalesce(own.last_year, years.fiscal_year)
left join due_dates as consolidated
    on
        consolidated.scope_code = 'consolidated'
        and years.fiscal_year between consolidated.first_year and coalesce(consolidated.last_year, years.fiscal_year)

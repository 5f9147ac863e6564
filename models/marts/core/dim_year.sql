-- Years from the first form of the 2019 regulation on to the latest report, without gaps.
-- grain: fiscal_year
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

years as (
    {{ integers_between(
        '(select least(2019, coalesce(min(fiscal_year), 2019)) from reports)',
        '(select greatest(2019, coalesce(max(fiscal_year), 2019)) from reports)',
        'fiscal_year'
    ) }}
)

select
    fiscal_year,
    case
        when fiscal_year between 2019 and 2020 then '2019'
        when fiscal_year >= 2021 then '2021'
    end as form_in_force,
    cast(concat(fiscal_year + 1, '-01-31') as date) as due_on_own,
    cast(concat(fiscal_year + 1, '-03-31') as date) as due_on_consolidated
from years

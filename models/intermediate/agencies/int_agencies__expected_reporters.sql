-- Agencies expected to report for a year: by what they are, and whoever reported, from its first to its last year. The
-- parent is the government whose consolidated report contains theirs.
-- grain: fiscal_year, agency_id
with expected_organs as (
    select * from {{ ref('int_agencies__expected_organs') }}
),

matches as (
    select * from {{ ref('int_agencies__matches') }}
    where match_status = 'resolved'
),

readable as (
    select * from {{ ref('int_documents__candidates') }}
    where standing = 'readable'
),

places as (
    select * from {{ ref('int_agencies__places') }}
),

due_dates as (
    select * from {{ ref('due_dates') }}
),

reporting as (
    select
        matches.agency_id,
        matches.division_code,
        max(matches.organ_name) as organ_name,
        max(matches.organ_type_code) as organ_type_code,
        cast(min(matches.official_order) as integer) as official_order,
        min(readable.fiscal_year) as first_year,
        max(readable.fiscal_year) as last_year
    from readable
    inner join matches on readable.document_id = matches.document_id
    group by matches.agency_id, matches.division_code
),

years as (
    {{ integers_between(
        '(select min(reporting.first_year) from reporting)',
        '(select max(reporting.last_year) from reporting)',
        'fiscal_year'
    ) }}
),

expected as (
    select * from expected_organs

    union all

    select
        years.fiscal_year,
        reporting.agency_id,
        reporting.division_code,
        reporting.organ_name,
        reporting.organ_type_code,
        reporting.official_order,
        'reports' as basis_code
    from reporting
    inner join years on years.fiscal_year between reporting.first_year and reporting.last_year
    left join expected_organs
        on
            reporting.agency_id = expected_organs.agency_id
            and years.fiscal_year = expected_organs.fiscal_year
    where expected_organs.agency_id is null
),

with_scope as (
    select
        expected.*,
        places.level_code,
        places.parent_division_code,
        places.government_type_code,
        -- A government from county up, a zone's committee too, reports for all organs under it.
        case when expected.official_order = 0 and places.level_code <> 'township' then 'consolidated' else 'own' end
            as scope_code
    from expected
    inner join places on expected.division_code = places.division_code
),

-- A date of the level goes before one of all levels; a year without any is before the present form of reports.
dated as (
    select
        with_scope.*,
        due_dates.due_day,
        row_number() over (
            partition by with_scope.fiscal_year, with_scope.agency_id order by due_dates.level_code nulls last
        ) as preference
    from with_scope
    inner join due_dates
        on
            with_scope.scope_code = due_dates.scope_code
            and with_scope.level_code = coalesce(due_dates.level_code, with_scope.level_code)
            and with_scope.fiscal_year
            between due_dates.first_year and coalesce(due_dates.last_year, with_scope.fiscal_year)
)

select
    fiscal_year,
    agency_id,
    division_code,
    level_code,
    case when official_order = 0 then government_type_code else organ_type_code end as organ_type_code,
    organ_name,
    official_order,
    scope_code,
    cast(concat(fiscal_year + 1, '-', due_day) as date) as due_on,
    case when official_order = 0 then parent_division_code else division_code end as parent_agency_id,
    basis_code
from dated
where preference = 1

-- No two reports that are added up for a region hold the same figures. What contains what follows from the agencies'
-- parents alone; nothing of how the sums are made is read but the reports they take.
with recursive agencies as (
    select * from {{ ref('dim_agency') }}
),

summable as (
    {%- for level in ['county', 'prefecture', 'province'] %}
    select
        {{ level }}_agency_id as region_agency_id,
        fiscal_year,
        report_id,
        agency_id,
        scope_code
    from {{ ref('summable_reports') }}
    where {{ level }}_agency_id is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

parents as (
    select
        agency_id,
        parent_agency_id as container_id
    from agencies
    where parent_agency_id is not null
),

shared_areas as (
    select * from {{ ref('shared_areas') }}
),

above as (
    select * from parents

    union all

    select
        division_code as agency_id,
        zone_code as container_id
    from shared_areas
),

-- A zone's report may hold what one of a division of its area holds, and the other way round.
containers as (
    select * from parents

    union all

    select
        zone_code as agency_id,
        division_code as container_id
    from shared_areas

    union all

    select
        containers.agency_id,
        above.container_id
    from containers
    inner join above on containers.container_id = above.agency_id
),

-- A consolidated report beside that of an organ below, or in the sum of its own region.
beside_its_container as (
    select
        parts.region_agency_id,
        parts.fiscal_year,
        parts.report_id
    from summable as parts
    inner join containers on parts.agency_id = containers.agency_id
    inner join summable as wholes
        on
            parts.region_agency_id = wholes.region_agency_id
            and parts.fiscal_year = wholes.fiscal_year
            and containers.container_id = wholes.agency_id
            and wholes.scope_code = 'consolidated'
            and parts.agency_id <> wholes.agency_id

    union all

    select
        region_agency_id,
        fiscal_year,
        report_id
    from summable
    where region_agency_id = agency_id and scope_code <> 'own'
),

-- One agency in two scopes, or a government beside its office, which keeps its account.
same_account as (
    select
        summable.region_agency_id,
        summable.fiscal_year,
        max(summable.report_id) as report_id
    from summable
    inner join agencies on summable.agency_id = agencies.agency_id
    group by
        summable.region_agency_id,
        summable.fiscal_year,
        case
            when agencies.organ_type_code = 'office' or (agencies.official_order = 0 and summable.scope_code = 'own')
                then agencies.division_code
            else summable.agency_id
        end
    having count(*) > 1
)

select * from beside_its_container
union all
select * from same_account

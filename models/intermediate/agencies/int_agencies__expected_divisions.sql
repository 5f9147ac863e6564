-- Divisions whose governments are expected to report for a year: those of every region that files were offered of,
-- from the first to the last year of these. A region is a prefecture, or a county without one, with all in it; a
-- province's is the province and the governments right under it.
-- grain: fiscal_year, division_code
with divisions as (
    select
        *,
        coalesce(prefecture_code, county_code, province_code) as region_code
    from {{ ref('int_agencies__divisions') }}
    where kind_code not in ('taiwan', 'special_administrative_region')
),

matches as (
    select * from {{ ref('int_agencies__matches') }}
    where match_status = 'resolved'
),

offered as (
    select * from {{ ref('int_documents__candidates') }}
    where standing not in ('withdrawn', 'superseded')
),

new_divisions as (
    select * from {{ ref('new_divisions') }}
),

regions as (
    select
        divisions.region_code,
        min(offered.fiscal_year) as first_year,
        max(offered.fiscal_year) as last_year
    from offered
    inner join matches on offered.document_id = matches.document_id
    inner join divisions on matches.division_code = divisions.division_code
    where offered.fiscal_year is not null
    group by divisions.region_code
),

members as (
    select
        divisions.division_code,
        regions.first_year,
        regions.last_year,
        true as is_with_organs
    from divisions
    inner join regions on divisions.region_code = regions.region_code

    union all

    -- Of the regions right under a province only the governments' reports are parts of its own.
    select
        divisions.division_code,
        regions.first_year,
        regions.last_year,
        false as is_with_organs
    from divisions
    inner join regions on divisions.parent_division_code = regions.region_code
    where divisions.region_code <> regions.region_code
),

years as (
    {{ integers_between(
        '(select min(regions.first_year) from regions)', '(select max(regions.last_year) from regions)', 'fiscal_year'
    ) }}
)

select
    years.fiscal_year,
    divisions.division_code,
    divisions.level_code,
    divisions.kind_code,
    bool_or(members.is_with_organs) as is_with_organs
from members
inner join years on years.fiscal_year between members.first_year and members.last_year
inner join divisions on members.division_code = divisions.division_code
left join new_divisions on divisions.division_code = new_divisions.division_code
where
    coalesce(new_divisions.first_year <= years.fiscal_year, true)
    -- What ended in the course of the year no longer reports for it.
    and coalesce(divisions.valid_to > years.fiscal_year, true)
group by
    years.fiscal_year,
    divisions.division_code,
    divisions.level_code,
    divisions.kind_code

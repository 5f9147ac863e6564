-- Divisions with the county, prefecture and province each lies in (itself included).
-- grain: division_code
with recursive divisions as (
    select * from {{ ref('divisions') }}
),

ancestors as (
    select
        division_code,
        level_code,
        division_name_zh,
        parent_division_code,
        division_code as descendant_code
    from divisions

    union all

    select
        divisions.division_code,
        divisions.level_code,
        divisions.division_name_zh,
        divisions.parent_division_code,
        ancestors.descendant_code
    from ancestors
    inner join divisions on ancestors.parent_division_code = divisions.division_code
)

select
    descendant_code as division_code,
    max(case when division_code = descendant_code then division_name_zh end) as division_name_zh,
    max(case when level_code = 'county' then division_name_zh end) as county_name_zh,
    max(case when level_code = 'prefecture' then division_name_zh end) as prefecture_name_zh,
    max(case when level_code = 'province' then division_name_zh end) as province_name_zh
from ancestors
group by descendant_code

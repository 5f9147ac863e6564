-- The regions that can be walked: governments with members. The page opens at the lowest region that holds most reports.
-- grain: agency_id
with recursive above as (
    select
        agency.agency_id,
        agency.parent_agency_id,
        reports.reports
    from marts.dim_agency as agency
    inner join (
        select
            agency_id,
            count(*) as reports
        from marts.dim_report
        where is_sample = $is_sample
        group by agency_id
    ) as reports on agency.agency_id = reports.agency_id
    union all
    select
        parent.agency_id,
        parent.parent_agency_id,
        above.reports
    from above
    inner join marts.dim_agency as parent on above.parent_agency_id = parent.agency_id
),

held as (
    select
        agency_id,
        sum(reports) as reports
    from above
    group by agency_id
),

regions as (
    select
        agency.agency_id,
        agency.division_name as region_name_zh,
        agency.division_code,
        agency.level_code,
        case agency.level_code when 'province' then 1 when 'prefecture' then 2 else 3 end as depth,
        coalesce(held.reports, 0) as reports
    from marts.dim_agency as agency
    left join held on agency.agency_id = held.agency_id
    where
        agency.is_sample = $is_sample
        and (
            agency.agency_id in (select child.parent_agency_id from marts.dim_agency as child)
            or agency.agency_id in (select figure.region_agency_id from marts.region_year as figure)
        )
)

select
    agency_id,
    region_name_zh,
    level_code,
    depth,
    row_number() over (order by reports desc, depth desc, division_code) = 1 as is_start
from regions
order by division_code, agency_id

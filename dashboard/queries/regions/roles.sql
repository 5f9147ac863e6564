-- What part a region's agencies have in its sums of a year. grain: role_code
select
    role_code,
    count(*) as members,
    count(*) filter (is_expected) as expected
from marts.region_members
where region_agency_id = $region and fiscal_year = $fiscal_year
group by role_code
order by
    case role_code
        when 'counted' then 1
        when 'in_parts' then 2
        when 'missing' then 3
        when 'set_aside' then 4
        when 'unknown_scope' then 5
        when 'unresolved' then 6
        when 'same_account' then 7
        when 'same_area' then 8
        else 9
    end,
    role_code

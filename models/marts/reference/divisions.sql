-- Administrative divisions down to townships, with those they lie in; special zones and ended ones among them.
-- grain: division_code
select
    division_code,
    division_name,
    level_code,
    parent_division_code,
    kind_code,
    valid_from,
    valid_to,
    province_name,
    prefecture_name,
    county_name
from {{ ref('int_agencies__divisions') }}

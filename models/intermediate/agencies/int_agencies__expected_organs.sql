-- Organs expected to report for a year by what they are: every government, its office, and the departments listed.
-- grain: fiscal_year, agency_id
with expected_divisions as (
    select * from {{ ref('int_agencies__expected_divisions') }}
),

offices as (
    select distinct
        organ_name,
        organ_type_code,
        official_order
    from {{ ref('organ_words') }}
    where organ_type_code = 'office'
),

-- Under the name reports have them under, so that both are one agency.
departments as (
    select
        listed.division_code,
        listed.level_code,
        listed.first_year,
        listed.last_year,
        organs.organ_name,
        organs.organ_type_code,
        organs.official_order
    from {{ ref('expected_departments') }} as listed
    inner join {{ ref('int_agencies__organs') }} as organs on listed.department_name = organs.rest
)

select
    fiscal_year,
    division_code as agency_id,
    division_code,
    cast(null as varchar) as organ_name,
    cast(null as varchar) as organ_type_code,
    0 as official_order,
    'division' as basis_code
from expected_divisions

union all

select
    expected_divisions.fiscal_year,
    {{ agency_id('expected_divisions.division_code', 'offices.organ_name', 'offices.organ_type_code',
        'offices.official_order') }} as agency_id,
    expected_divisions.division_code,
    offices.organ_name,
    offices.organ_type_code,
    offices.official_order,
    'division' as basis_code
from expected_divisions
cross join offices
where
    expected_divisions.is_with_organs
    and expected_divisions.level_code <> 'township'
    and expected_divisions.kind_code <> 'zone'

union all

-- One named for a division may be of every division of its level too.
select distinct
    expected_divisions.fiscal_year,
    {{ agency_id('expected_divisions.division_code', 'departments.organ_name', 'departments.organ_type_code',
        'departments.official_order') }} as agency_id,
    expected_divisions.division_code,
    departments.organ_name,
    departments.organ_type_code,
    departments.official_order,
    'listed' as basis_code
from expected_divisions
inner join departments
    on
        expected_divisions.division_code = departments.division_code
        or (
            departments.division_code is null
            and expected_divisions.level_code = departments.level_code
            and expected_divisions.kind_code <> 'zone'
        )
where
    expected_divisions.is_with_organs
    and coalesce(departments.first_year <= expected_divisions.fiscal_year, true)
    and coalesce(departments.last_year >= expected_divisions.fiscal_year, true)

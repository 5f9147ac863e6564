-- The forms are fixed by law: 198 cells in form 2019, 200 in form 2021, and no other form. Wrong in either
-- direction is a fault of ours.
with expected as (
    select
        '2019' as form_version,
        198 as cell_count
    union all
    select
        '2021' as form_version,
        200 as cell_count
),

found as (
    select
        form_version,
        count(*) as cell_count
    from {{ ref('form_lines') }}
    group by form_version
)

select
    coalesce(expected.form_version, found.form_version) as form_version,
    expected.cell_count as expected_count,
    found.cell_count as found_count
from expected
full join found on expected.form_version = found.form_version
where expected.cell_count is distinct from found.cell_count

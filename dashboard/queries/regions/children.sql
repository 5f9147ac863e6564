-- The regions right below a region in one year: how many of their organs reported, and the applications they received,
-- as declared or added up. grain: agency_id
with recursive inside as (
    select
        agency_id,
        agency_id as child_agency_id
    from marts.dim_agency
    where parent_agency_id = $region
    union all
    select
        agency.agency_id,
        inside.child_agency_id
    from inside
    inner join marts.dim_agency as agency on inside.agency_id = agency.parent_agency_id
),

coverage as (
    select
        inside.child_agency_id as agency_id,
        count(expected.agency_id) as expected_count,
        count(expected.report_id) as report_count,
        count(*) filter (expected.status = 'reported') as reported,
        count(*) filter (expected.status = 'late') as late,
        count(*) filter (expected.status = 'unknown_date') as unknown_date,
        count(*) filter (expected.status in ('set_aside', 'in_review')) as set_aside,
        count(*) filter (expected.status in ('missing', 'not_due')) as missing,
        count(*) > 1 as has_members
    from inside
    left join marts.reporting_status as expected
        on inside.agency_id = expected.agency_id and expected.fiscal_year = $fiscal_year
    group by inside.child_agency_id
),

received as (
    select *
    from marts.region_year
    where fiscal_year = $fiscal_year and member_level_code = 'all' and metric_id = 'new_count'
)

select
    agency.agency_id,
    agency.division_name as region_name_zh,
    agency.level_code,
    coverage.expected_count,
    coverage.report_count,
    coverage.reported,
    coverage.late,
    coverage.unknown_date,
    coverage.set_aside,
    coverage.missing,
    received.source_code,
    received.numerator as new_count,
    received.status,
    received.is_doubtful,
    received.reported_count,
    received.expected_count as members_expected,
    received.change_rate,
    received.change_points,
    received.change_status
from coverage
inner join marts.dim_agency as agency on coverage.agency_id = agency.agency_id
left join received on coverage.agency_id = received.region_agency_id
where coverage.has_members or received.region_agency_id is not null
order by agency.division_code, agency.agency_id

-- Whoever in a region has not reported for a year, or late, or with a file that could not be taken; with what is known.
-- grain: agency_id
with recursive inside as (
    select agency_id
    from marts.dim_agency
    where agency_id = $region
    union all
    select child.agency_id
    from inside
    inner join marts.dim_agency as child on inside.agency_id = child.parent_agency_id
)

select
    expected.agency_id,
    expected.agency_name as agency_name_zh,
    agency.agency_name_en,
    expected.level_code,
    expected.status,
    expected.due_on,
    expected.published_on,
    expected.signed_on,
    expected.days_late,
    expected.report_id,
    expected.source_path,
    expected.reason_code,
    expected.reason,
    expected.basis_code,
    count(*) over () as outstanding
from marts.reporting_status as expected
inner join inside on expected.agency_id = inside.agency_id
inner join marts.dim_agency as agency on expected.agency_id = agency.agency_id
where
    expected.fiscal_year = $fiscal_year
    and expected.status <> 'reported'
    and ($status::varchar is null or expected.status = $status::varchar)
order by
    case expected.status
        when 'missing' then 1
        when 'set_aside' then 2
        when 'in_review' then 3
        when 'late' then 4
        when 'unknown_date' then 5
        else 6
    end,
    expected.days_late desc nulls last,
    agency.division_code,
    agency.official_order,
    expected.agency_id
limit $row_limit offset $row_offset

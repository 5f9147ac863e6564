-- Files of a region's agencies that feed no figure of a year, with the reason; and those nobody can tell an agency of.
-- grain: source_path, revision_no
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
    document.source_path,
    document.revision_no,
    document.status,
    document.reason_code,
    document.reason,
    document.agency_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    count(*) over () as files
from quality.documents as document
left join marts.dim_agency as agency on document.agency_id = agency.agency_id
where
    document.status in ('set_aside', 'quarantined')
    and document.is_sample = $is_sample
    and (document.fiscal_year = $fiscal_year or document.fiscal_year is null)
    and (document.agency_id is null or document.agency_id in (select inside.agency_id from inside))
order by document.agency_id is null, document.status, document.source_path, document.revision_no
limit $row_limit

-- Agencies with a report whose code, name or place holds every word that is typed, the best matches first.
-- grain: agency_id
select
    agency.agency_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    concat_ws(' · ', agency.prefecture_name, agency.county_name) as place_zh
from marts.dim_agency as agency
where
    contains(
        lower(concat_ws(
            ' ', agency.agency_id, agency.agency_name, agency.agency_name_en, agency.prefecture_name, agency.county_name
        )),
        lower(split_part($search, ' ', 1))
    )
    and contains(
        lower(concat_ws(' ', agency.agency_name, agency.agency_name_en, agency.prefecture_name, agency.county_name)),
        lower(split_part($search, ' ', 2))
    )
    and ($is_sample::boolean is null or agency.is_sample = $is_sample::boolean)
    and agency.agency_id in (select report.agency_id from marts.dim_report as report)
order by
    agency.agency_id <> $search,
    not starts_with(agency.agency_name, split_part($search, ' ', 1)),
    length(agency.agency_name) * ($search <> '')::integer,
    agency.division_code nulls last,
    agency.agency_id
limit $row_limit

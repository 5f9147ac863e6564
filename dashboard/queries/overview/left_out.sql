-- Reports of a year that no sum contains, because another consolidated report does or because they name no scope.
-- grain: report_id
with recursive ancestors as (
    select
        agency_id,
        parent_agency_id as ancestor_id
    from marts.dim_agency
    where
        parent_agency_id is not null
        and agency_id in (
            select report.agency_id
            from marts.dim_report as report
            where report.fiscal_year = $fiscal_year
        )
    union
    select
        ancestors.agency_id,
        parent.parent_agency_id as ancestor_id
    from ancestors
    inner join marts.dim_agency as parent on ancestors.ancestor_id = parent.agency_id
    where parent.parent_agency_id is not null
)

select
    report.report_id,
    agency.agency_name as agency_name_zh,
    agency.agency_name_en,
    case when report.scope_code = 'unknown' then 'unknown_scope' else 'contained' end as reason_code
from marts.dim_report as report
inner join marts.dim_agency as agency on report.agency_id = agency.agency_id
where
    report.fiscal_year = $fiscal_year
    and report.is_sample = $is_sample
    and (
        report.scope_code = 'unknown'
        or (
            report.scope_code = 'consolidated'
            and exists (
                select 1
                from ancestors
                inner join marts.dim_report as whole on ancestors.ancestor_id = whole.agency_id
                where
                    ancestors.agency_id = report.agency_id
                    and whole.fiscal_year = $fiscal_year
                    and whole.scope_code = 'consolidated'
            )
        )
    )
order by agency.agency_name
limit 20

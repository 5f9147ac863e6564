-- Who reported, in time or late, and who did not: one row for every agency expected to report for a year.
-- grain: fiscal_year, agency_id
with expected_reporters as (
    select * from {{ ref('int_agencies__expected_reporters') }}
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

-- The report of the scope that is owed, else another one of the agency.
reports as (
    select
        reports.*,
        row_number() over (
            partition by reports.agency_id, reports.fiscal_year
            order by
                case reports.scope when expected_reporters.scope_code then 1 when 'unknown' then 2 else 3 end,
                reports.report_id
        ) as preference
    from {{ ref('int_documents__reports') }} as reports
    inner join expected_reporters
        on
            reports.agency_id = expected_reporters.agency_id
            and reports.fiscal_year = expected_reporters.fiscal_year
),

publications as (
    select * from {{ ref('int_coverage__publications') }}
),

unsettled_files as (
    select * from {{ ref('int_coverage__unsettled_files') }}
),

joined as (
    select
        expected_reporters.*,
        agencies.agency_name_zh as agency_name,
        agencies.is_sample,
        reports.report_id,
        reports.scope as reported_scope_code,
        publications.published_on,
        publications.signed_on,
        coalesce(reports.document_id, unsettled_files.document_id) as document_id,
        coalesce(reports.source_path, unsettled_files.source_path) as source_path,
        case when reports.report_id is null then unsettled_files.reason_code end as reason_code,
        case when reports.report_id is null then unsettled_files.reason end as reason,
        -- A version without a date may have been the first; a signature in time does not tell when it came out.
        case
            when reports.report_id is null and unsettled_files.status is not null then unsettled_files.status
            when reports.report_id is null and expected_reporters.due_on >= {{ as_of() }} then 'not_due'
            when reports.report_id is null then 'missing'
            when publications.published_on <= expected_reporters.due_on then 'reported'
            when publications.has_undated_version then 'unknown_date'
            when least(publications.published_on, publications.signed_on) > expected_reporters.due_on then 'late'
            else 'unknown_date'
        end as status
    from expected_reporters
    inner join agencies on expected_reporters.agency_id = agencies.agency_id
    left join reports
        on
            expected_reporters.agency_id = reports.agency_id
            and expected_reporters.fiscal_year = reports.fiscal_year
            and reports.preference = 1
    left join publications on reports.report_id = publications.report_id
    left join unsettled_files
        on
            expected_reporters.agency_id = unsettled_files.agency_id
            and expected_reporters.fiscal_year = unsettled_files.fiscal_year
)

select
    fiscal_year,
    agency_id,
    agency_name,
    division_code,
    level_code,
    organ_type_code,
    is_sample,
    parent_agency_id,
    scope_code,
    basis_code,
    due_on,
    status,
    published_on,
    signed_on,
    cast(case
        when status = 'reported' then 0
        when status = 'late' then least(published_on, signed_on) - due_on
    end as integer) as days_late,
    reported_scope_code,
    report_id,
    document_id,
    source_path,
    reason_code,
    reason
from joined

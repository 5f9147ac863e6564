-- A report nobody expected would be left out of every coverage, which could then pass 100 %.
select
    reports.report_id,
    reports.agency_id,
    reports.fiscal_year
from {{ ref('int_documents__reports') }} as reports
inner join {{ ref('int_agencies__agencies') }} as agencies on reports.agency_id = agencies.agency_id
left join {{ ref('int_agencies__expected_reporters') }} as expected
    on
        reports.agency_id = expected.agency_id
        and reports.fiscal_year = expected.fiscal_year
where
    agencies.match_status = 'resolved'
    and reports.fiscal_year >= (select min(due_dates.first_year) from {{ ref('due_dates') }} as due_dates)
    and expected.agency_id is null

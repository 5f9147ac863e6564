-- The form a region's three tables are put together in: that of its consolidated report, else the one most of the
-- members follow that are added up, else most of all, the later where as many follow either.
-- grain: region_code, fiscal_year, table_no
with region_years as (
    select * from {{ ref('int_regions__years') }}
),

reports as (
    select * from {{ ref('int_regions__reports') }}
),

reach as (
    select * from {{ ref('int_regions__reach') }}
    where is_added
),

report_forms as (
    select * from {{ ref('int_documents__report_forms') }}
),

home_forms as (
    select
        reports.home_code,
        reports.fiscal_year,
        report_forms.table_no,
        report_forms.form_version,
        count(*) as report_count,
        count(case when reports.role_code = 'counted' then 1 end) as counted_count
    from reports
    inner join report_forms on reports.report_id = report_forms.report_id
    group by reports.home_code, reports.fiscal_year, report_forms.table_no, report_forms.form_version
),

member_forms as (
    select
        reach.region_code,
        reach.fiscal_year,
        home_forms.table_no,
        home_forms.form_version,
        row_number() over (
            partition by reach.region_code, reach.fiscal_year, home_forms.table_no
            order by
                sum(home_forms.counted_count) desc, sum(home_forms.report_count) desc, home_forms.form_version desc
        ) as preference
    from home_forms
    inner join reach
        on
            home_forms.home_code = reach.home_code
            and home_forms.fiscal_year = reach.fiscal_year
    group by reach.region_code, reach.fiscal_year, home_forms.table_no, home_forms.form_version
)

select
    region_code,
    fiscal_year,
    table_no,
    form_version
from member_forms
where
    preference = 1
    and not exists (
        select 1 from region_years
        where
            member_forms.region_code = region_years.region_code
            and member_forms.fiscal_year = region_years.fiscal_year
            and region_years.declared_report_id is not null
    )

union all

select
    region_years.region_code,
    region_years.fiscal_year,
    report_forms.table_no,
    report_forms.form_version
from region_years
inner join report_forms on region_years.declared_report_id = report_forms.report_id

-- Headline figures of regions side by side: of the consolidated report where there is one, else the sums over the
-- members added up; and in any case the sums over members of each level. Reports of one form of 表二 only, or of both.
-- grain: region_code, fiscal_year, member_level_code
with region_years as (
    select * from {{ ref('int_regions__years') }}
),

memberships as (
    select * from {{ ref('int_regions__memberships') }}
    where is_expected
),

agencies as (
    select * from {{ ref('int_agencies__agencies') }}
),

headlines as (
    select * from {{ ref('int_cells__headlines_wide') }}
),

forms as (
    select * from {{ ref('int_documents__report_forms') }}
    where table_no = 2
),

members as (
    select
        memberships.region_code,
        memberships.fiscal_year,
        agencies.level_code as member_level_code,
        'computed' as source_code,
        case when memberships.is_counted then memberships.report_id end as report_id
    from memberships
    inner join agencies on memberships.agency_id = agencies.agency_id
),

-- One source for all figures of a region: where its consolidated report lacks one, no sum takes its place.
parts as (
    select * from members

    union all

    select
        members.region_code,
        members.fiscal_year,
        'all' as member_level_code,
        members.source_code,
        members.report_id
    from members
    inner join region_years
        on
            members.region_code = region_years.region_code
            and members.fiscal_year = region_years.fiscal_year
    where region_years.declared_report_id is null

    union all

    select
        region_code,
        fiscal_year,
        'all' as member_level_code,
        'declared' as source_code,
        declared_report_id as report_id
    from region_years
    where declared_report_id is not null
)

select
    parts.region_code,
    parts.fiscal_year,
    parts.member_level_code,
    parts.source_code,
    count(*) as expected_count,
    min(forms.form_version) as first_form,
    max(forms.form_version) as last_form,
    {{ metric_sum_columns() }}
from parts
left join headlines on parts.report_id = headlines.report_id
left join forms on parts.report_id = forms.report_id
group by
    parts.region_code,
    parts.fiscal_year,
    parts.member_level_code,
    parts.source_code

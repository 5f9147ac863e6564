-- 表二 of regions through the years, regions of one form added up, each from its consolidated report or its members with
-- n of N. Nothing is added up over the two forms but what both count alike. A year without figures has the lines of the
-- form then in force. An amount without a printed unit is told, but is no figure.
-- grain: form_version, fiscal_year, item_code, measure_code
with years as (
    select fiscal_year, form_in_force
    from marts.dim_year
    where fiscal_year between $first_year and $last_year
),

sums as (
    select
        fiscal_year,
        form_version,
        line_code,
        column_code,
        sum(figure) as figure,
        case when count(*) = 1 then coalesce(sum(figure), any_value(declared_value)) else sum(figure) end as printed_value,
        sum(figure_count)::integer as reported,
        sum(figure_expected_count)::integer as expected,
        sum(doubtful_count)::integer as doubtful,
        min(doubt_severity) as severity,
        case when min(source_code) = max(source_code) then min(source_code) else 'mixed' end as source_code,
        case when count(*) = 1 then min(figure_status) end as only_status,
        case when count(*) = 1 then min(declared_report_id) end as declared_report_id
    from marts.region_rollup
    where list_contains($region_ids, region_agency_id) and table_no = 2
    group by fiscal_year, form_version, line_code, column_code
),

-- Of a sum it is told how many of its reports are in doubt.
doubts as (
    select
        finding.report_id,
        cell.line_code,
        cell.column_code,
        string_agg(distinct finding.equation_text, '; ' order by finding.equation_text) as doubt_text
    from quality.findings as finding
    inner join (select distinct line_code, column_code from reference.form_lines where table_no = 2) as cell
        on finding.line_code = cell.line_code and finding.column_code in ('*', cell.column_code)
    where
        finding.table_no = 2
        and finding.status = 'open'
        and finding.report_id in (select sums.declared_report_id from sums)
    group by finding.report_id, cell.line_code, cell.column_code
),

forms as (
    select distinct fiscal_year, form_version
    from sums
),

panels as (
    select
        years.fiscal_year,
        coalesce(forms.form_version, years.form_in_force) as form_version
    from years
    left join forms on years.fiscal_year = forms.fiscal_year
)

select
    'region' as subject_id,
    panels.fiscal_year,
    panels.form_version,
    form.line_code as item_code,
    form.column_code as measure_code,
    form.line_label_zh as item_name_zh,
    form.line_name_en as item_name_en,
    form.column_label_zh as measure_name_zh,
    form.column_name_en as measure_name_en,
    form.unit_code,
    cast(null as bigint) as report_id,
    sums.source_code as scope,
    sums.figure,
    sums.printed_value,
    case
        when sums.fiscal_year is null then 'no_report'
        when sums.figure is null then coalesce(sums.only_status, 'not_available')
        when sums.reported < sums.expected then 'partial'
        else 'reported'
    end as figure_status,
    case when sums.source_code <> 'mixed' and sums.reported = sums.expected then sums.source_code else '' end as basis,
    coalesce(sums.doubtful > 0, false) as is_doubtful,
    sums.doubtful as doubtful_count,
    sums.severity,
    doubts.doubt_text,
    case when sums.source_code <> 'declared' then sums.reported end as reported_count,
    case when sums.source_code <> 'declared' then sums.expected end as expected_count
from panels
inner join reference.form_lines as form on panels.form_version = form.form_version and form.table_no = 2
left join sums
    on
        panels.fiscal_year = sums.fiscal_year
        and panels.form_version = sums.form_version
        and form.line_code = sums.line_code
        and form.column_code = sums.column_code
left join doubts
    on
        sums.declared_report_id = doubts.report_id
        and form.line_code = doubts.line_code
        and form.column_code = doubts.column_code
order by panels.form_version, form.line_no, form.column_no, panels.fiscal_year

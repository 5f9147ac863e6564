-- Accepted reports: who, which year, which scope, from which file, on which form, and how complete.
-- grain: report_id
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

report_forms as (
    select
        report_id,
        max(case when table_no = 2 then form_version end) as table_2_form_version,
        max(case when table_no = 3 then form_version end) as table_3_form_version,
        max(case when table_no = 4 then form_version end) as table_4_form_version
    from {{ ref('int_documents__report_forms') }}
    group by report_id
),

counts as (
    select * from {{ ref('int_cells__report_counts') }}
)

select
    reports.report_id,
    reports.document_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope,
    reports.scope as scope_code,
    reports.revision_no,
    reports.title,
    reports.agency_name as printed_agency_name,
    reports.issuer_name,
    reports.published_on,
    reports.source_path,
    reports.source_url,
    reports.sha256,
    reports.media_type,
    reports.layout,
    report_forms.table_2_form_version,
    report_forms.table_3_form_version,
    report_forms.table_4_form_version,
    report_forms.table_2_form_version as table2_form,
    report_forms.table_3_form_version as table3_form,
    case
        when report_forms.table_2_form_version = report_forms.table_3_form_version
            then report_forms.table_3_form_version
        else 'mixed'
    end as form_version,
    counts.cells_total,
    counts.cells_reported,
    counts.cells_blank,
    counts.cells_missing,
    counts.cells_not_applicable,
    counts.cells_unreadable,
    cast(counts.cells_reported as double) / nullif(counts.cells_total, 0) as completeness_rate,
    reports.agency_evidence,
    reports.agency_line_no,
    reports.issuer_evidence,
    reports.issuer_line_no,
    reports.year_evidence,
    reports.year_line_no,
    reports.scope_evidence,
    reports.scope_line_no,
    reports.published_evidence,
    reports.published_line_no
from reports
left join report_forms on reports.report_id = report_forms.report_id
left join counts on reports.report_id = counts.report_id

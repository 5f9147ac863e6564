-- Accepted reports: who, which year, which scope, from which file, on which form, and how complete.
-- grain: report_id
with reports as (
    select * from {{ ref('int_documents__reports') }}
),

report_forms as (
    select
        report_id,
        max(case when table_no = 2 then form_version end) as table2_form,
        max(case when table_no = 3 then form_version end) as table3_form,
        max(case when table_no = 4 then form_version end) as table4_form
    from {{ ref('int_documents__report_forms') }}
    group by report_id
),

counts as (
    select * from {{ ref('int_cells__report_counts') }}
),

open_findings as (
    select
        report_id,
        cast(sum(case when severity = 'hard' then 1 else 0 end) as integer) as open_hard_findings,
        cast(sum(case when severity = 'soft' then 1 else 0 end) as integer) as open_soft_findings
    from {{ ref('findings') }}
    where status = 'open'
    group by report_id
)

select
    reports.report_id,
    reports.document_id,
    reports.agency_id,
    reports.fiscal_year,
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
    report_forms.table2_form,
    report_forms.table3_form,
    report_forms.table4_form,
    case
        when report_forms.table2_form = report_forms.table3_form
            then report_forms.table3_form
        else 'mixed'
    end as form_version,
    counts.cells_total,
    counts.cells_reported,
    counts.cells_blank,
    counts.cells_missing,
    counts.cells_not_applicable,
    counts.cells_unreadable,
    cast(counts.cells_reported as double) / nullif(counts.cells_total, 0) as completeness_rate,
    coalesce(open_findings.open_hard_findings, 0) as open_hard_findings,
    coalesce(open_findings.open_soft_findings, 0) as open_soft_findings,
    reports.agency_evidence,
    reports.agency_line_no,
    reports.issuer_evidence,
    reports.issuer_line_no,
    reports.year_evidence,
    reports.year_line_no,
    reports.scope_evidence,
    reports.scope_line_no,
    reports.published_evidence,
    reports.published_line_no,
    reports.is_sample
from reports
left join report_forms on reports.report_id = report_forms.report_id
left join counts on reports.report_id = counts.report_id
left join open_findings on reports.report_id = open_findings.report_id

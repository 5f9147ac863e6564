-- What the prose of agencies' reports counts and no table holds: disclosures, channels, new media, interpretations,
-- messages and more, with the sentence. What the tables hold too is compared in quality.narrative_claims.
-- $report_ids are the reports of shared/reports. grain: subject_id, measure_code, category_code, fiscal_year
select
    figure.agency_id as subject_id,
    figure.measure_code,
    figure.category_code,
    figure.fiscal_year,
    measure.measure_zh,
    measure.measure_en,
    measure.category_zh,
    measure.category_en,
    figure.report_id,
    figure.scope_code as scope,
    figure.value as figure,
    figure.value_status as figure_status,
    figure.unit_code,
    figure.is_approximate,
    figure.statement_count,
    figure.sentence,
    figure.page_no,
    figure.line_no
from marts.fct_narrative_figures as figure
inner join marts.dim_narrative_measure as measure
    on figure.measure_code = measure.measure_code and figure.category_code = measure.category_code
where
    list_contains($report_ids, figure.report_id)
    and figure.measure_code not in (
        'application_outcomes', 'applications_by_applicant', 'applications_carried_in', 'applications_carried_out',
        'applications_closed', 'applications_new', 'applications_received', 'litigation_results', 'litigations',
        'normative_documents', 'reconsideration_results', 'reconsiderations'
    )
order by
    figure.agency_id,
    not starts_with(figure.measure_code, 'disclosures'),
    figure.measure_code,
    figure.category_code <> 'all',
    measure.category_zh,
    figure.fiscal_year

-- Figures of the prose of accepted reports: typed, and how each compares with what the tables cover. The sentences
-- stay where they were read: they are long, and only what is published shows them.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('stg_narrative_figures') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

printed_values as (
    select * from {{ ref('stg_printed_values') }}
),

subjects as (
    select * from {{ ref('narrative_subjects') }}
),

claims as (
    select distinct
        claim_no,
        measure_code,
        category_code
    from {{ ref('int_narrative__reading_terms') }}
)

select
    reports.report_id,
    figures.figure_no,
    figures.block_no,
    figures.page_no,
    figures.line_no,
    figures.figure_text,
    figures.unit_text,
    figures.measure_code,
    figures.category_code,
    -- Where the tables hold it too.
    claims.claim_no,
    figures.subject_code,
    figures.part_figure_no,
    figures.doubts,
    coalesce({{ plain_integer('figures.figure_text') }}, printed_values.printed_value) as value,
    printed_values.precision_step,
    -- The first doubt is told; one is enough.
    split_part(figures.doubts, '|', 1) as doubt_code,
    coalesce(of_organ.comparison, of_scope.comparison) as comparison
from figures
inner join reports on figures.document_id = reports.document_id
left join printed_values on figures.figure_text = printed_values.printed_text
left join subjects as of_scope
    on
        reports.scope = of_scope.scope_code
        and figures.subject_code = of_scope.subject_code
        and of_scope.organ_type_code is null
left join subjects as of_organ
    on
        reports.scope = of_organ.scope_code
        and figures.subject_code = of_organ.subject_code
        and reports.organ_type = of_organ.organ_type_code
left join claims on figures.measure_code = claims.measure_code and figures.category_code = claims.category_code

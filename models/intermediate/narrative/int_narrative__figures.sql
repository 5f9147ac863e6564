-- Figures of the prose of accepted reports: typed, and how each compares with what the tables cover. The sentences
-- stay where they were read: they are long, and only what is published shows them. What a figure counts is a number of
-- int_narrative__measures.
-- grain: report_id, figure_no
with figures as (
    select * from {{ ref('stg_narrative_figures') }}
),

printed_values as (
    select * from {{ ref('stg_printed_values') }}
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
),

subjects as (
    select * from {{ ref('narrative_subjects') }}
),

-- Reports of one scope by organs of one type speak alike: their figures find the comparison by one number.
reports as (
    select
        report_id,
        document_id,
        scope,
        organ_type,
        dense_rank() over (order by scope, organ_type) as speaker_no
    from {{ ref('int_documents__reports') }}
),

speakers as (
    select distinct
        speaker_no,
        scope,
        organ_type
    from reports
),

comparisons as (
    select
        speakers.speaker_no,
        of_scope.subject_code,
        coalesce(of_organ.comparison, of_scope.comparison) as comparison
    from speakers
    inner join subjects as of_scope
        on speakers.scope = of_scope.scope_code and of_scope.organ_type_code is null
    left join subjects as of_organ
        on
            speakers.scope = of_organ.scope_code
            and speakers.organ_type = of_organ.organ_type_code
            and of_scope.subject_code = of_organ.subject_code
)

select
    reports.report_id,
    figures.figure_no,
    figures.block_no,
    figures.page_no,
    figures.line_no,
    figures.figure_text,
    figures.unit_text,
    measures.measure_no,
    -- Where the tables hold it too.
    measures.claim_no,
    -- Where it is an item of a list; a part of a part is in the sum already.
    case when coalesce(figures.doubts, '') not like '%nested%' then measures.list_no end as list_no,
    figures.subject_code,
    figures.part_figure_no,
    figures.doubts,
    coalesce({{ plain_integer('figures.figure_text') }}, printed_values.printed_value) as value,
    printed_values.precision_step,
    -- The first doubt is told; one is enough.
    split_part(figures.doubts, '|', 1) as doubt_code,
    comparisons.comparison
from figures
inner join reports on figures.document_id = reports.document_id
left join printed_values on figures.figure_text = printed_values.printed_text
left join comparisons
    on reports.speaker_no = comparisons.speaker_no and figures.subject_code = comparisons.subject_code
left join measures on figures.measure_code = measures.measure_code and figures.category_code = measures.category_code

-- What the prose of a report counts, by category where it gives any: each figure that is said without a doubt.
-- A report may say one thing twice. Where it says the same there is one row with the first sentence; where it does not,
-- the row has no value and says so.
-- grain: report_id, measure_code, category_code
with figures as (
    select * from {{ ref('int_narrative__figures') }}
),

sentences as (
    select * from {{ ref('stg_narrative_figures') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

measures as (
    select * from {{ ref('narrative_measures') }}
),

readings as (
    select distinct measure_code from {{ ref('narrative_readings') }}
),

-- Of what the tables hold too, a part of the organ says another thing than the whole.
sure as (
    select
        figures.*,
        measures.unit_code,
        figures.doubts like '%approximate%' as is_approximate
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code and figures.category_code = measures.category_code
    left join readings on figures.measure_code = readings.measure_code
    where
        figures.value is not null
        and coalesce(figures.doubts, '') in ('', 'approximate', 'cumulative', 'nested')
        and (readings.measure_code is null or figures.subject_code <> 'part')
),

stated as (
    select
        report_id,
        measure_code,
        category_code,
        min(unit_code) as unit_code,
        min(figure_no) as figure_no,
        cast(count(*) as integer) as statement_count,
        case when min(value) = max(value) then min(value) end as value,
        coalesce(bool_or(is_approximate), false) as is_approximate
    from sure
    group by report_id, measure_code, category_code
)

select
    stated.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope as scope_code,
    stated.measure_code,
    stated.category_code,
    cast(stated.value as decimal(24, 6)) as value,
    case when stated.value is null then 'contradictory' else 'reported' end as value_status,
    stated.unit_code,
    stated.is_approximate,
    stated.statement_count,
    sentences.sentence,
    sentences.page_no,
    sentences.line_no
from stated
inner join reports on stated.report_id = reports.report_id
inner join sentences on reports.document_id = sentences.document_id and stated.figure_no = sentences.figure_no

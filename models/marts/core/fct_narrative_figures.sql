-- What the prose of a report counts, by category where it gives any: each figure that is said without a doubt.
-- A report may say one thing twice. Where it says the same there is one row with the first sentence; where it does not,
-- the row has no value and says so.
-- A view: readers get it as a table, so that the sentences are written once.
-- grain: report_id, measure_code, category_code
{{ config(materialized='view', meta={'published_as': 'table'}) }}

with stated as (
    select * from {{ ref('int_narrative__statements') }}
),

measures as (
    select * from {{ ref('int_narrative__measures') }}
),

sentences as (
    select * from {{ ref('stg_narrative_figures') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
)

select
    stated.report_id,
    reports.agency_id,
    reports.fiscal_year,
    reports.scope as scope_code,
    measures.measure_code,
    measures.category_code,
    cast(stated.value as decimal(24, 6)) as value,
    case when stated.value is null then 'contradictory' else 'reported' end as value_status,
    measures.unit_code,
    stated.is_approximate,
    stated.statement_count,
    sentences.sentence,
    sentences.page_no,
    sentences.line_no
from stated
inner join measures on stated.measure_no = measures.measure_no
inner join reports on stated.report_id = reports.report_id
inner join sentences on reports.document_id = sentences.document_id and stated.figure_no = sentences.figure_no

-- The cells of the form that every metric adds up, and in which part of it. A 总计 that is not printed is replaced by
-- the sum of its parts.
-- grain: metric_id, part, form_version, table_no, line_code, column_code
with metrics as (
    select * from {{ ref('metric_definitions') }}
),

rate_terms as (
    select * from {{ ref('metric_headlines') }}
),

headline_cells as (
    select * from {{ ref('headline_cells') }}
),

-- A count is the headline of its name.
terms as (
    select
        metric_id,
        part,
        headline_code
    from rate_terms

    union all

    select
        metric_id,
        'numerator' as part,
        metric_id as headline_code
    from metrics
    where kind = 'count'
)

select
    terms.metric_id,
    terms.part,
    terms.headline_code,
    headline_cells.form_version,
    headline_cells.table_no,
    headline_cells.line_code,
    headline_cells.column_code
from terms
inner join headline_cells on terms.headline_code = headline_cells.headline_code

-- Everything the prose says that can be checked: against the tables, parts against wholes, shares against two figures.
-- grain: claim_id
with figures as (
    select * from {{ ref('stg_narrative_figures') }}
),

reports as (
    select * from {{ ref('int_documents__reports') }}
),

claims as (
    select * from {{ ref('int_narrative__table_claims') }}
    union all
    select * from {{ ref('int_narrative__sums') }}
    union all
    select * from {{ ref('int_narrative__shares') }}
),

numbered as (
    select
        *,
        -- A share is told by the part it is printed beside.
        coalesce(part_text, category_code) as what,
        row_number() over (
            partition by report_id, rule_id, measure_code, coalesce(part_text, category_code)
            order by figure_no
        ) as statement_no
    from claims
),

keyed as (
    select
        numbered.*,
        figures.sentence,
        figures.page_no,
        figures.line_no,
        -- Stable over builds and revisions: the n-th statement of the same thing keeps its name.
        left(md5(concat_ws(
            '|', reports.source_path, numbered.rule_id, numbered.measure_code, numbered.what, numbered.statement_no
        )), 12) as claim_key
    from numbered
    inner join reports on numbered.report_id = reports.report_id
    inner join figures on reports.document_id = figures.document_id and numbered.figure_no = figures.figure_no
)

select
    concat('C-', claim_key) as claim_id,
    case when verdict = 'fail' then concat('F-', claim_key) end as finding_id,
    report_id,
    rule_id,
    measure_code,
    category_code,
    sentence,
    page_no,
    line_no,
    table_no,
    line_code,
    column_code,
    cast(left_value as decimal(38, 6)) as left_value,
    cast(right_value as decimal(38, 6)) as right_value,
    cast(left_value - right_value as decimal(38, 6)) as difference,
    left_text,
    right_text,
    readings_zh,
    readings_en,
    verdict,
    reason_code
from keyed

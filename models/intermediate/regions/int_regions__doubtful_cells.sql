-- Cells of regions whose figure rests on a figure in doubt: terms of a broken hard rule, and of 表二, which no sums hold
-- together, what is found implausible.
-- grain: region_code, fiscal_year, table_no, line_code, column_code
with region_years as (
    select * from {{ ref('int_regions__years') }}
),

memberships as (
    select * from {{ ref('int_regions__memberships') }}
    where is_counted
),

broken_cells as (
    select * from {{ ref('int_reconciliation__doubtful_cells') }}
),

findings as (
    select * from {{ ref('findings') }}
    where table_no = 2 and severity = 'soft' and status = 'open'
),

cells as (
    select distinct
        table_no,
        line_code,
        column_code
    from {{ ref('form_lines') }}
),

doubtful_cells as (
    select
        report_id,
        table_no,
        line_code,
        column_code,
        'hard' as severity
    from broken_cells

    union

    select
        findings.report_id,
        cells.table_no,
        cells.line_code,
        cells.column_code,
        findings.severity
    from findings
    inner join cells
        on
            findings.table_no = cells.table_no
            and findings.line_code = cells.line_code
            and findings.column_code in ('*', cells.column_code)
),

-- The reports a region's figures are of: its consolidated one, else its members'.
sources as (
    select
        region_code,
        fiscal_year,
        declared_report_id as report_id
    from region_years
    where declared_report_id is not null

    union all

    select
        memberships.region_code,
        memberships.fiscal_year,
        memberships.report_id
    from memberships
    inner join region_years
        on
            memberships.region_code = region_years.region_code
            and memberships.fiscal_year = region_years.fiscal_year
    where region_years.declared_report_id is null
)

select
    sources.region_code,
    sources.fiscal_year,
    doubtful_cells.table_no,
    doubtful_cells.line_code,
    doubtful_cells.column_code,
    cast(count(distinct doubtful_cells.report_id) as integer) as doubtful_count,
    min(doubtful_cells.severity) as doubt_severity
from doubtful_cells
inner join sources on doubtful_cells.report_id = sources.report_id
group by
    sources.region_code,
    sources.fiscal_year,
    doubtful_cells.table_no,
    doubtful_cells.line_code,
    doubtful_cells.column_code

-- What the sieve holds a line of counts against, in integers: the weights of a rule along the line, and the bounds of
-- its cells. A line with no such rule has weights of zero; one with several has a row for each.
-- grain: form_version, table_no, line_code, rule along the line
with form_lines as (
    select * from {{ ref('stg_form_lines') }}
),

line_terms as (
    select * from {{ ref('int_reconciliation__line_terms') }}
),

row_terms as (
    select
        form_version,
        table_no,
        line_code,
        is_plain,
        -net_constant as zero_margin,
        {{ each_cell('cast(coalesce(net_#, 0) as integer) as weight_#') }}
    from line_terms
    where axis = 'row'
),

-- Of several rules for the cells of a line the narrowest bounds: what one of them may break is seen.
cell_bounds as (
    select
        form_version,
        table_no,
        line_code,
        max(ceil(floor_constant)) as least_count,
        min(floor(ceiling_constant)) as greatest_count
    from line_terms
    where axis = 'single'
    group by form_version, table_no, line_code
)

select
    form_lines.form_version,
    form_lines.table_no,
    form_lines.line_code,
    coalesce(row_terms.is_plain, true) as is_plain,
    cast(coalesce(row_terms.zero_margin, 0) as bigint) as zero_margin,
    {{ each_cell('coalesce(row_terms.weight_#, 0) as weight_#') }},
    -- No bound is one that no count of a line, of eight digits, passes.
    cast(coalesce(cell_bounds.least_count, -1000000000) as bigint) as least_count,
    cast(coalesce(cell_bounds.greatest_count, 1000000000) as bigint) as greatest_count
from form_lines
left join row_terms
    on
        form_lines.form_version = row_terms.form_version
        and form_lines.table_no = row_terms.table_no
        and form_lines.line_code = row_terms.line_code
left join cell_bounds
    on
        form_lines.form_version = cell_bounds.form_version
        and form_lines.table_no = cell_bounds.table_no
        and form_lines.line_code = cell_bounds.line_code

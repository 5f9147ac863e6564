-- What each metric means, and the cells its numerator and denominator consist of; those a text is found in.
-- grain: metric_id
with labels as (
    select distinct
        term.metric_id,
        term.part,
        term.table_no,
        term.form_version,
        form.line_no,
        form.column_no,
        form.line_label_zh || ' × ' || form.column_label_zh as cell_zh,
        form.line_name_en || ' × ' || form.column_name_en as cell_en
    from reference.metric_terms as term
    inner join reference.form_lines as form
        on
            term.form_version = form.form_version
            and term.table_no = form.table_no
            and term.line_code = form.line_code
            and term.column_code = form.column_code
),

cells as (
    select
        metric_id,
        list(
            {
                'part': part,
                'form_version': form_version,
                'table_no': table_no,
                'cell_zh': cell_zh,
                'cell_en': cell_en
            }
            order by form_version, part desc, table_no, line_no, column_no
        ) as cells,
        min(table_no * 1000 + line_no) as first_line
    from labels
    group by metric_id
)

select
    metric.*,
    coalesce(cells.cells, []) as cells
from reference.metrics as metric
left join cells on metric.metric_id = cells.metric_id
where
    $search = ''
    or contains(
        lower(concat_ws(' ', metric.metric_id, metric.name_zh, metric.name_en, metric.numerator_zh, metric.numerator_en,
            metric.denominator_zh, metric.denominator_en, metric.note_zh, metric.note_en)),
        lower($search)
    )
order by case metric.kind when 'count' then 1 when 'rate' then 2 else 3 end, cells.first_line nulls last, metric.metric_id

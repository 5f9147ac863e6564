-- The tables and views of the published file; those a text is found in, be it in the name of a column.
-- grain: schema_name, table_name
with columns as (
    select
        schema_name,
        table_name,
        count(*) as columns,
        string_agg(column_name, ' ') as column_names
    from duckdb_columns()
    where not internal
    group by schema_name, table_name
)

select
    published.schema_name,
    published.table_name,
    published.kind,
    published.row_count,
    published.comment_zh,
    published.comment_en,
    columns.columns
from meta.tables as published
inner join columns
    on published.schema_name = columns.schema_name and published.table_name = columns.table_name
where
    published.schema_name in ('marts', 'quality', 'reference', 'meta')
    and (
        $search = ''
        or contains(
            lower(concat_ws(' ', published.schema_name || '.' || published.table_name, published.comment_zh,
                published.comment_en, columns.column_names)),
            lower($search)
        )
    )
order by
    case published.schema_name when 'marts' then 1 when 'quality' then 2 when 'reference' then 3 else 4 end,
    published.table_name

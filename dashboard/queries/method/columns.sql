-- The columns of one table of the published file; or of all, those a text is found in. The comment in the file is
-- Chinese, then English. grain: schema_name, table_name, column_name
with described as (
    select
        schema_name,
        table_name,
        column_name,
        column_index,
        lower(data_type) as data_type,
        coalesce(comment, '') as comment
    from duckdb_columns()
    where schema_name in ('marts', 'quality', 'reference', 'meta') and not internal
)

select
    schema_name,
    table_name,
    column_name,
    data_type,
    regexp_extract(comment, '^(.*) · (.*)$', 1) as comment_zh,
    regexp_extract(comment, '^(.*) · (.*)$', 2) as comment_en,
    count(*) over () as columns
from described
where
    ($table_name::varchar is null or schema_name || '.' || table_name = $table_name::varchar)
    and ($search = '' or contains(lower(column_name || ' ' || comment), lower($search)))
order by schema_name, table_name, column_index
limit $row_limit

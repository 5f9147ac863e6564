-- The build in full: when, of what, by which versions, and what its tests said. grain: one row
select
    build_id,
    started_at,
    built_at,
    loaded_at,
    as_of,
    git_commit,
    git_is_dirty,
    project_version,
    dbt_version,
    duckdb_version,
    -- One fingerprint of the readers, with a suffix for every manifest beside the files.
    array_to_string(
        list_sort(list_distinct([split_part(version, '.', 1) for version in string_split(reader_version, ', ')])), ', '
    ) as reader_versions,
    document_count,
    report_count,
    cell_count,
    finding_count,
    node_count,
    test_count,
    test_passed_count,
    test_warned_count
from meta.build

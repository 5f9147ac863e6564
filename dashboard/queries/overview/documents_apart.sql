-- Files that feed no figure now, with the reason: those nobody read, and those another file stands for.
-- grain: source_path, revision_no
select
    source_path,
    status,
    reason_code,
    reason,
    revision_no,
    count(*) over () as files
from quality.documents
where list_contains($statuses, status) and ($is_sample::boolean is null or is_sample = $is_sample::boolean)
order by
    case status when 'quarantined' then 1 when 'set_aside' then 2 when 'duplicate' then 3 when 'superseded' then 4 else 5 end,
    source_path,
    revision_no
limit $row_limit

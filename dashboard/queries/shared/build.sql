-- Which build this is. grain: one row
select
    build_id,
    built_at,
    git_commit
from meta.build

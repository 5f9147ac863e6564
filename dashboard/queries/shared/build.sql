-- Which build this is, and how many of its reports are sample data. grain: one row
select
    build.build_id,
    build.built_at,
    build.git_commit,
    count(*) filter (report.is_sample) as reports_sample,
    count(*) filter (not report.is_sample) as reports_real
from meta.build as build
left join marts.dim_report as report on true
group by build.build_id, build.built_at, build.git_commit

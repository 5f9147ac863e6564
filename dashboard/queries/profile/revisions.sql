-- Earlier revisions of a report, the latest first, with how many cells the next one prints otherwise.
-- grain: revision_no
with changes as (
    select
        from_document_id,
        count(*) as cells
    from quality.revision_cells
    where report_id = $report_id
    group by from_document_id
)

select
    revision.revision_no,
    revision.published_on,
    revision.source_path,
    revision.sha256,
    coalesce(changes.cells, 0) as cells_changed
from marts.report_revisions as revision
left join changes on revision.document_id = changes.from_document_id
where revision.report_id = $report_id
order by revision.revision_no desc

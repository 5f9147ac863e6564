-- What became of every file version ever offered, and why. Exactly one accepted document per agency, year and scope.
-- grain: document_id
with candidates as (
    select * from {{ ref('int_documents__candidates') }}
),

reported_cells as (
    select * from {{ ref('int_documents__reported_cells') }}
),

documents as (
    select
        document_id,
        reason_code,
        reason
    from {{ ref('stg_documents') }}
),

-- The same bytes under two paths are one report: the first path in order is kept. The reports of one file share its
-- bytes; they are told apart by their numbers.
copies as (
    select
        document_id,
        first_value(source_path) over (partition by sha256, part_no order by source_path) as kept_path,
        first_value(document_id) over (partition by sha256, part_no order by source_path) as kept_document_id
    from candidates
    where standing = 'readable'
),

claims as (
    select
        candidates.*,
        coalesce(reported_cells.cells_reported, 0) as cells_reported
    from candidates
    inner join copies on candidates.document_id = copies.document_id
    left join reported_cells on candidates.document_id = reported_cells.document_id
    where candidates.source_path = copies.kept_path
),

-- Two different files for one agency, year and scope: the one that reports more, then the later, then the first path.
contenders as (
    select
        document_id,
        first_value(source_path) over by_rank as kept_path,
        first_value(document_id) over by_rank as kept_document_id
    from claims
    window by_rank as (
        partition by agency_id, fiscal_year, scope
        order by cells_reported desc, published_on desc nulls last, source_path asc
    )
),

judged as (
    select
        candidates.*,
        copies.kept_path as copy_of_path,
        coalesce(contenders.kept_path, copies.kept_path) as kept_path,
        coalesce(contenders.kept_document_id, copies.kept_document_id) as kept_document_id,
        case
            when candidates.standing <> 'readable' then candidates.standing
            when candidates.source_path <> copies.kept_path then 'duplicate'
            when candidates.source_path <> contenders.kept_path then 'duplicate'
            else 'accepted'
        end as status
    from candidates
    left join copies on candidates.document_id = copies.document_id
    left join contenders on candidates.document_id = contenders.document_id
)

select
    judged.document_id,
    judged.report_id,
    judged.source_path,
    judged.sha256,
    judged.revision_no,
    judged.agency_id,
    judged.fiscal_year,
    judged.scope,
    judged.status,
    case
        when judged.status in ('set_aside', 'quarantined') then documents.reason_code
        when judged.status = 'withdrawn' then 'file_gone'
        when judged.status = 'superseded' then 'file_changed'
        when judged.source_path <> judged.copy_of_path then 'same_bytes'
        when judged.status = 'duplicate' then 'same_report'
    end as reason_code,
    case
        when judged.status in ('set_aside', 'quarantined') then documents.reason
        when judged.status = 'withdrawn' then 'the file is no longer in the reports folder (文件已移除)'
        when judged.status = 'superseded' then 'the file has changed since; a later revision stands for it (已有新版本)'
        when judged.source_path <> judged.copy_of_path
            then 'same bytes as ' || judged.kept_path || ', which is kept (内容相同，保留前者)'
        when judged.status = 'duplicate'
            then 'same agency, year and scope as ' || judged.kept_path || ', which is kept (同一单位同一年度同一口径，保留前者)'
    end as reason,
    case when judged.status = 'duplicate' then judged.kept_path end as kept_source_path,
    case when judged.status = 'duplicate' then judged.kept_document_id end as kept_document_id
from judged
inner join documents on judged.document_id = documents.document_id

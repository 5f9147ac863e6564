-- What waits for somebody: files without an agency or year and decisions that no longer apply, of any year.
-- grain: one row
select
    (
        select count(*)
        from quality.documents as document
        where document.status = 'quarantined' and document.is_sample = $is_sample
    ) as quarantined,
    (
        select count(*)
        from quality.steward_records as record
        where record.state <> 'applies'
    ) as lapsed

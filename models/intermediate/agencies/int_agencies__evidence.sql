-- Places that speak for one reading of a name that is not enough: in the issuer's name, in the names of folders and
-- file, before the place itself in the text, and around the document. One item may stand for several divisions.
-- grain: document_id, evidence_kind, item, division_code
with undecided as (
    select * from {{ ref('int_agencies__named') }}
    where in_use_count <> 1 or not is_enough
),

named as (
    select * from {{ ref('int_agencies__named') }}
),

divisions as (
    select * from {{ ref('int_agencies__divisions') }}
),

undecided_documents as (
    select distinct
        document_id,
        source_path,
        folder,
        fiscal_year,
        issuer_key
    from undecided
),

printed_places as (
    select * from {{ ref('int_agencies__printed_places') }}
),

undecided_places as (
    select distinct
        document_id,
        place_text
    from undecided
    where place_text is not null
),

-- 漳平市西园镇: the place printed right after one it lies in, in a line of its own or more than once.
lines as (
    select
        text_lines.document_id,
        undecided_places.place_text,
        replace(text_lines.line_text, ' ', '') as line_text
    from {{ ref('stg_text_lines') }} as text_lines
    inner join undecided_places on text_lines.document_id = undecided_places.document_id
    where contains(replace(text_lines.line_text, ' ', ''), undecided_places.place_text)
),

told_by_text as (
    select
        undecided.document_id,
        undecided.division_code
    from undecided
    inner join divisions on undecided.division_code = divisions.division_code
    inner join lines
        on
            undecided.document_id = lines.document_id
            and undecided.place_text = lines.place_text
    inner join divisions as wholes
        on
            divisions.division_code <> wholes.division_code
            and wholes.division_code in (divisions.county_code, divisions.prefecture_code, divisions.province_code)
    where
        contains(lines.line_text, wholes.division_name || undecided.place_text)
        or contains(lines.line_text, wholes.short_name || undecided.place_text)
    group by undecided.document_id, undecided.division_code
    having count(distinct lines.line_text) > 1 or min(length(lines.line_text)) <= 40
),

-- Three agencies or more in the same folder, all of one county, else of one prefecture.
neighbours as (
    select
        undecided_documents.document_id,
        case
            when count(distinct divisions.county_code) = 1 and count(divisions.county_code) = count(*)
                then max(divisions.county_code)
            when count(distinct divisions.prefecture_code) = 1 and count(divisions.prefecture_code) = count(*)
                then max(divisions.prefecture_code)
        end as division_code
    from undecided_documents
    inner join named
        on
            undecided_documents.folder = named.folder
            and named.in_use_count = 1
            and named.is_in_use
            and named.is_enough
    inner join divisions on named.division_code = divisions.division_code
    group by undecided_documents.document_id
    having count(distinct named.name_key) >= 3
)

select
    document_id,
    evidence_kind,
    item,
    division_code
from printed_places

union all

select
    document_id,
    'text' as evidence_kind,
    '' as item,
    division_code
from told_by_text

union all

select
    document_id,
    'neighbours' as evidence_kind,
    '' as item,
    division_code
from neighbours
where division_code is not null

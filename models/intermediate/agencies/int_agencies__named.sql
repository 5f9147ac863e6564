-- The agencies each document may mean by its name in its year.
-- grain: document_id, division_code
with documents as (
    select * from {{ ref('int_agencies__documents') }}
),

names as (
    select * from {{ ref('int_agencies__names') }}
),

-- A report of a year is printed in the next; a name that was given up in its course may still stand there.
named as (
    select
        documents.document_id,
        documents.source_path,
        documents.folder,
        documents.fiscal_year,
        documents.issuer_key,
        documents.name_key,
        names.division_code,
        names.place_text,
        names.is_enough,
        names.mark,
        names.organ_name,
        coalesce(names.valid_to >= documents.fiscal_year, true)
        and coalesce(names.valid_from <= documents.fiscal_year + 1, true) as is_in_use
    from documents
    inner join names on documents.name_key = names.name_key
)

select
    *,
    sum(cast(is_in_use as integer)) over (partition by document_id) as in_use_count
from named

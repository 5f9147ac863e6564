-- Places printed in an issuer's name and in the names of folders and file, of the documents whose name is not enough.
-- grain: document_id, evidence_kind, item, division_code
with undecided as (
    select distinct
        document_id,
        source_path,
        fiscal_year,
        issuer_key,
        name_key
    from {{ ref('int_agencies__named') }}
    where in_use_count <> 1 or not is_enough
),

place_names as (
    select
        place_names.*,
        divisions.level_code
    from {{ ref('int_agencies__place_names') }} as place_names
    inner join {{ ref('int_agencies__divisions') }} as divisions
        on place_names.division_code = divisions.division_code
),

form_lengths as (
    {{ integers_between(2, 16, 'form_length') }}
),

positions as (
    {{ integers_between(1, 60, 'position') }}
),

texts as (
    select
        document_id,
        fiscal_year,
        'issuer' as evidence_kind,
        issuer_key as evidence_text
    from undecided
    where issuer_key not in ('', name_key)

    union

    select
        document_id,
        fiscal_year,
        'path' as evidence_kind,
        regexp_replace({{ path_parts('source_path') }}, '[0-9_\s.,()-]+|年', '', 'g') as evidence_text
    from undecided
),

fragments as (
    select
        texts.document_id,
        texts.fiscal_year,
        texts.evidence_kind,
        texts.evidence_text,
        positions.position as first_position,
        substr(texts.evidence_text, positions.position, form_lengths.form_length) as fragment
    from texts
    inner join positions on length(texts.evidence_text) > positions.position
    inner join form_lengths on length(texts.evidence_text) - positions.position + 1 >= form_lengths.form_length
),

-- A short name is a place where nothing else stands beside it; towns are only looked for in names of organs.
found as (
    select
        fragments.*,
        place_names.division_code
    from fragments
    inner join place_names on fragments.fragment = place_names.written_form
    where
        (place_names.is_full or fragments.fragment = fragments.evidence_text)
        and (place_names.level_code <> 'township' or fragments.evidence_kind = 'issuer')
        and coalesce(place_names.valid_to >= fragments.fiscal_year, true)
)

select distinct
    found.document_id,
    found.evidence_kind,
    found.evidence_text || ':' || found.first_position as item,
    found.division_code
from found
left join found as longer
    on
        found.document_id = longer.document_id
        and found.evidence_kind = longer.evidence_kind
        and found.evidence_text = longer.evidence_text
        and found.first_position >= longer.first_position
        and found.first_position + length(found.fragment) <= longer.first_position + length(longer.fragment)
        and length(found.fragment) < length(longer.fragment)
where longer.document_id is null

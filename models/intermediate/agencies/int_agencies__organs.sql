-- What each rest of a name says of the organ. Where no word of the seeds is in it the organ is as printed, unless it
-- begins like a place nobody knows.
-- grain: rest
with rests as (
    select distinct rest from {{ ref('int_agencies__parses') }}
    union
    select distinct name_key as rest from {{ ref('int_agencies__documents') }}
    union
    select distinct regexp_replace(name_key, '^本?[省市县区州盟旗镇乡]', '') as rest
    from {{ ref('int_agencies__documents') }}
    union
    select department_name as rest from {{ ref('expected_departments') }}
),

suffix_lengths as (
    {{ integers_between(1, 8, 'suffix_length') }}
),

organ_types as (
    select * from {{ ref('organ_types') }}
),

functions as (
    select * from {{ ref('organ_functions') }}
),

endings as (
    select
        rests.rest,
        organ_types.suffix,
        organ_types.full_suffix,
        organ_types.organ_type_code,
        row_number() over (partition by rests.rest order by length(organ_types.suffix) desc) as preference
    from rests
    cross join suffix_lengths
    inner join organ_types
        on
            right(rests.rest, suffix_lengths.suffix_length) = organ_types.suffix
            and suffix_lengths.suffix_length = length(organ_types.suffix)
),

stems as (
    select
        rest,
        suffix,
        full_suffix,
        organ_type_code,
        left(rest, length(rest) - length(suffix)) as stem
    from endings
    where preference = 1
)

select
    stems.rest,
    coalesce(functions.function_name, stems.stem) || stems.full_suffix as organ_name,
    stems.organ_type_code,
    coalesce(functions.official_order, 9000) as official_order,
    functions.words is not null as is_known
from stems
left join functions
    on
        stems.stem = functions.words
        and coalesce(functions.suffix, stems.suffix) = stems.suffix
where
    functions.words is not null
    or (
        stems.organ_type_code in ('department', 'other')
        and not regexp_matches(stems.rest, '^.{1,7}[省市县旗镇乡州盟].')
        and not regexp_matches(stems.rest, '街道|人民政府|^.区')
        and (not regexp_matches(stems.rest, '^.{1,7}区.') or stems.organ_type_code = 'other')
    )

-- Every way a division is written in names: in full, by its former name, and short as in 福建漳平.
-- grain: written_form, division_code, is_full
with divisions as (
    select * from {{ ref('int_agencies__divisions') }}
),

-- 延边州, 长阳县: what an autonomous division is mostly called.
written_forms as (
    select
        division_name as written_form,
        division_code,
        true as is_full,
        valid_from,
        valid_to
    from divisions

    union all

    select
        short_name || right(division_name, 1) as written_form,
        division_code,
        true as is_full,
        valid_from,
        valid_to
    from divisions
    where division_name like '%自治%' and short_name is not null and level_code <> 'province'

    union all

    select
        changes.former_name as written_form,
        changes.successor_code as division_code,
        true as is_full,
        null as valid_from,
        changes.valid_to
    from {{ ref('division_changes') }} as changes
    inner join divisions on changes.successor_code = divisions.division_code
    where changes.former_name <> divisions.division_name

    union all

    -- A place that has ended still makes the short name of another ambiguous.
    select
        coalesce(short_name, left(division_name, length(division_name) - 1)) as written_form,
        division_code,
        false as is_full,
        valid_from,
        valid_to
    from divisions
    where
        level_code <> 'township'
        and (short_name <> division_name or (kind_code = 'ended' and length(division_name) > 2))
)

select
    written_form,
    division_code,
    is_full,
    max(valid_from) as valid_from,
    case when count(valid_to) = count(*) then max(valid_to) end as valid_to
from written_forms
group by written_form, division_code, is_full

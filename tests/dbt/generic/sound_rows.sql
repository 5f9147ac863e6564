{# What holds of every row of a model, in one test: keys that are a row's alone (`unique`: lists of columns; `numbered`:
   the same where the last column counts through the rows of the others, at an eighth of the cost), columns that have a
   value (`not_null`), one of some codes (`one_of`), or a value that a column of another model has (`found_in`).
   One test a model, because dbt takes longer to run a test than the engine to answer it. Every faulty row, key or code
   comes out, with what is wrong. As in dbt's own tests a null is no fault but of `not_null`, and in a key of several
   columns; a number must be there. `of_enough_reports` is for views that spell everything out: see enough_reports. #}
{% test sound_rows(model, unique=[], numbered=[], not_null=[], one_of={}, found_in={}, of_enough_reports=false) %}
{%- if of_enough_reports %}
with checked as (
    select * from {{ model }}
    where {{ enough_reports('report_id') }}
)
{% set model = 'checked' -%}
{%- endif %}
select
    cast(null as varchar) as fault,
    cast(null as varchar) as found_value
where false
{%- for key in unique %}

union all

select
    '{{ key | join(", ") }}: not unique' as fault,
    concat_ws(' | ', {{ key | join(', ') }}) as found_value
from {{ model }}
{%- if key | length == 1 %}
where {{ key[0] }} is not null
{%- endif %}
group by {{ key | join(', ') }}
having count(*) > 1
{%- endfor %}

{%- for key in numbered %}
{%- set number = key[-1] %}

union all

-- Every number is a bit, 32 of them a group: as many bits as rows, or a number is there twice or not at all.
select
    '{{ key | join(", ") }}: not unique' as fault,
    concat_ws(' | ', {{ key[:-1] | join(', ') }}, concat(min({{ number }}), '-', max({{ number }}))) as found_value
from {{ model }}
group by {{ key[:-1] | join(', ') }}, {{ number }} >> 5
having bit_count(bit_or(cast(1 as bigint) << ({{ number }} & 31))) is distinct from count(*)
{%- endfor %}

{%- for column in not_null %}

union all

select
    '{{ column }}: null' as fault,
    concat_ws(' | ', {{ (unique + numbered) | sum(start=[]) | join(', ') or "''" }}) as found_value
from {{ model }}
where {{ column }} is null
{%- endfor %}

{%- for column, codes in one_of.items() %}

union all

select
    '{{ column }}: no such code' as fault,
    cast({{ column }} as varchar) as found_value
from {{ model }}
where {{ column }} not in ('{{ codes | join("', '") }}')
{%- endfor %}

{%- for column, known in found_in.items() %}

union all

select
    '{{ column }}: not in {{ known.to }}.{{ known.field }}' as fault,
    cast(referring.{{ column }} as varchar) as found_value
from {{ model }} as referring
left join {{ known.to }} as known on referring.{{ column }} = known.{{ known.field }}
where referring.{{ column }} is not null and known.{{ known.field }} is null
{%- endfor %}
{% endtest %}

-- The lists of metrics dbt compiles with are written from the seeds by `make generate`. Were a seed changed without,
-- the dictionary would be published with another meaning than the figures have.
with compiled as (
    {% for rate, parts in rate_definitions().items() -%}
    {% for codes in parts -%}
    {% set part = 'numerator' if loop.first else 'denominator' -%}
    {% for code in codes -%}
    select
        '{{ rate }}' as metric_id,
        '{{ part }}' as part,
        '{{ code }}' as headline_code
    union all
    {% endfor -%}
    {% endfor -%}
    {% endfor -%}
    {% for code in headline_codes() -%}
    select
        '{{ code }}' as metric_id,
        'count' as part,
        null as headline_code
    union all
    {% endfor -%}
    {% for code in benchmarked_metrics() -%}
    select
        '{{ code }}' as metric_id,
        'benchmarked' as part,
        null as headline_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

defined as (
    select
        metric_id,
        part,
        headline_code
    from {{ ref('metric_headlines') }}
    union all
    select
        metric_id,
        kind as part,
        null as headline_code
    from {{ ref('metric_definitions') }}
    where kind = 'count'
    union all
    select
        metric_id,
        'benchmarked' as part,
        null as headline_code
    from {{ ref('metric_definitions') }}
    where is_benchmarked
)

select
    coalesce(compiled.metric_id, defined.metric_id) as metric_id,
    compiled.part as compiled_part,
    defined.part as defined_part
from compiled
full outer join defined
    on
        compiled.metric_id = defined.metric_id
        and compiled.part = defined.part
        and coalesce(compiled.headline_code, '') = coalesce(defined.headline_code, '')
where compiled.metric_id is null or defined.metric_id is null

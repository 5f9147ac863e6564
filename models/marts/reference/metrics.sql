-- The dictionary of metrics: what each means, what it leaves out, and how agencies are compared by it.
-- grain: metric_id
select
    metric_id,
    kind,
    name_zh,
    name_en,
    numerator_zh,
    numerator_en,
    denominator_zh,
    denominator_en,
    exclusions_zh,
    exclusions_en,
    unit_code,
    since_form,
    is_comparable_over_forms,
    is_benchmarked,
    min_peer_count,
    version,
    note_zh,
    note_en
from {{ ref('metric_definitions') }}

-- What fct_narrative_figures counts, in words.
-- grain: measure_code, category_code
select
    measure_code,
    category_code,
    measure_zh,
    measure_en,
    category_zh,
    category_en,
    unit_code
from {{ ref('narrative_measures') }}

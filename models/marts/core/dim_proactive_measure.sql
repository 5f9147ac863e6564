-- How 表二 counts an item. Only `decisions` is in both forms: all others are series of their own, never joined into
-- one line.
-- grain: measure_code
select
    column_code as measure_code,
    min(column_label_zh) as name_zh,
    min(column_name_en) as name_en,
    min(value_kind) as value_kind,
    min(unit_code) as unit_code,
    string_agg(distinct form_version, ',' order by form_version) as form_versions
from {{ ref('form_lines') }}
where fact_table = 'fct_proactive_items'
group by column_code

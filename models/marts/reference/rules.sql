-- The rules reports are held against, in words and as what the engine evaluates.
-- grain: rule_id
select
    rule_id,
    name_zh,
    name_en,
    equation,
    example,
    relation,
    form_versions,
    axis,
    tolerance,
    severity,
    ess_level,
    agency_levels,
    legal_basis,
    message_zh,
    message_en,
    fix_zh,
    fix_en,
    status
from {{ ref('reconciliation_rules') }}

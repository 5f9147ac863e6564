-- The terms of every rule as the rule seed states them; '*' stands for every line or column of the form.
-- grain: rule_id, form_version, table_no, term_no
select
    rule_id,
    form_version,
    table_no,
    term_no,
    side,
    line_code,
    column_code,
    weight,
    year_offset,
    requires_unit
from {{ ref('reconciliation_rule_terms') }}

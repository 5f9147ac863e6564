{# The open findings of one rule: what its test in tests/dbt/rules stores and shows. #}
{% macro open_findings_of(rule_id) -%}
select
    finding_id,
    source_path,
    page_no,
    line_no,
    severity,
    equation_text,
    message_zh
from {{ ref('findings') }}
where rule_id = '{{ rule_id }}' and status = 'open'
{%- endmacro %}

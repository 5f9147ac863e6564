-- Every code a fact carries has its row in the dimension, and each report's agency and year are the report's own.
-- One pass a fact.
{%- set facts = {
    'fct_applications': {'applicant_type_code': 'dim_applicant_type'},
    'fct_outcomes': {'outcome_code': 'dim_outcome', 'applicant_type_code': 'dim_applicant_type'},
    'fct_proactive_items': {'item_code': 'dim_proactive_item', 'measure_code': 'dim_proactive_measure'},
    'fct_disputes': {'route_code': 'dim_dispute_route', 'result_code': 'dim_dispute_result'},
    'fct_printed_totals': {},
} %}

{%- for fact, dimensions in facts.items() %}
select
    '{{ fact }}' as fact,
    facts.report_id,
    facts.agency_id,
    facts.fiscal_year
from {{ ref(fact) }} as facts
left join {{ ref('dim_report') }} as reports on facts.report_id = reports.report_id
{%- for code, dimension in dimensions.items() %}
left join {{ ref(dimension) }} as dimension_{{ loop.index }} on facts.{{ code }} = dimension_{{ loop.index }}.{{ code }}
{%- endfor %}
where
    {{ enough_reports('facts.report_id') }}
    and (
        facts.agency_id is distinct from reports.agency_id
        or facts.fiscal_year is distinct from reports.fiscal_year
        or facts.scope_code is distinct from reports.scope_code
        {%- for code in dimensions %}
        or dimension_{{ loop.index }}.{{ code }} is null
        {%- endfor %}
    )
{{ "union all" if not loop.last }}
{%- endfor %}

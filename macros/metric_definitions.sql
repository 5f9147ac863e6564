{# Written by `make generate` from seeds/metrics; change the seeds, not this file. #}

{# The headline figures of marts.agency_year, in the order they are shown. #}
{% macro headline_codes() -%}
    {{ return([
        'new_count',
        'carried_in_count',
        'closed_count',
        'carried_out_count',
        'granted_count',
        'partial_count',
        'denied_count',
        'unable_count',
        'declined_count',
        'other_processing_count',
        'reconsideration_count',
        'reconsideration_corrected_count',
        'litigation_count',
        'litigation_corrected_count',
        'normative_documents_count',
    ]) }}
{%- endmacro %}

{# Headlines that only rates are made of. #}
{% macro rate_part_codes() -%}
    {{ return([
        'reconsideration_decided_count',
        'litigation_decided_count',
    ]) }}
{%- endmacro %}

{# Metrics that agencies are compared by. #}
{% macro benchmarked_metrics() -%}
    {{ return([
        'new_count',
        'disclosure_rate',
        'denial_rate',
        'unable_rate',
        'carry_over_rate',
        'reconsideration_correction_rate',
        'litigation_correction_rate',
    ]) }}
{%- endmacro %}

{# The rates, and the headlines their numerator and denominator add up. #}
{% macro rate_definitions() -%}
    {{ return({
        'disclosure_rate': (['granted_count', 'partial_count'], ['closed_count']),
        'denial_rate': (['denied_count'], ['closed_count']),
        'unable_rate': (['unable_count'], ['closed_count']),
        'carry_over_rate': (['carried_out_count'], ['new_count', 'carried_in_count']),
        'reconsideration_correction_rate': (['reconsideration_corrected_count'], ['reconsideration_decided_count']),
        'litigation_correction_rate': (['litigation_corrected_count'], ['litigation_decided_count']),
    }) }}
{%- endmacro %}

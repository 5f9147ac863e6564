{# The headline figures of marts.agency_year, in the order they are shown. #}
{% macro headline_codes() -%}
    {{ return([
        'new_count', 'carried_in_count', 'closed_count', 'carried_out_count',
        'granted_count', 'partial_count', 'denied_count', 'unable_count', 'declined_count', 'other_processing_count',
        'reconsideration_count', 'reconsideration_corrected_count',
        'litigation_count', 'litigation_corrected_count',
        'normative_documents_count',
    ]) }}
{%- endmacro %}

{# The rates and the headlines their numerator and denominator add up (DOMAIN: no official definition exists, these are ours). #}
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

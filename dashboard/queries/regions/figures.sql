-- The metrics of a region in a year, declared or added up, with n of N, and against the year before where that compares.
-- grain: metric_id
select
    figure.metric_id,
    metric.name_zh,
    metric.name_en,
    metric.kind = 'rate' as is_rate,
    figure.source_code,
    figure.metric_value,
    figure.numerator,
    figure.denominator,
    figure.status,
    figure.is_doubtful,
    figure.reported_count,
    figure.expected_count,
    figure.previous_value,
    figure.change_rate,
    figure.change_points,
    figure.change_status
from marts.region_year as figure
inner join reference.metrics as metric on figure.metric_id = metric.metric_id
where
    figure.region_agency_id = $region
    and figure.fiscal_year = $fiscal_year
    and figure.member_level_code = 'all'
order by
    list_position(
        [
            'new_count', 'carried_in_count', 'closed_count', 'carried_out_count', 'granted_count', 'partial_count',
            'denied_count', 'unable_count', 'declined_count', 'other_processing_count', 'disclosure_rate', 'denial_rate',
            'unable_rate', 'carry_over_rate', 'reconsideration_count', 'reconsideration_corrected_count',
            'reconsideration_correction_rate', 'litigation_count', 'litigation_corrected_count',
            'litigation_correction_rate', 'normative_documents_count'
        ],
        figure.metric_id
    ),
    figure.metric_id

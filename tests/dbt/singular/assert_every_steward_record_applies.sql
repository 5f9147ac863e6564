-- A correction or an exception that no longer applies is shown: the report has changed, or the decision has expired.
-- It warns, because the steward must act, not the pipeline.
{{ config(severity='warn', store_failures=true) }}

select
    record_id,
    record_type,
    source_path,
    finding_id,
    decided_on_value,
    value_now,
    state
from {{ ref('steward_records') }}
where state <> 'applies'

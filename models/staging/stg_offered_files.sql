-- What lies in the reports folder now.
-- grain: source_path
select
    source_path,
    sha256,
    document_id
from {{ source('raw', 'offered_files') }}

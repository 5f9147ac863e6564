-- Figures of the prose that say what they count, and those beside a printed share; still the printed text.
-- grain: document_id, figure_no
select
    document_id,
    figure_no,
    block_no,
    page_no,
    line_no,
    sentence,
    figure_text,
    unit_text,
    measure_code,
    category_code,
    subject_code,
    nullif(doubts, '') as doubts,
    part_figure_no
from {{ source('raw', 'narrative_figures') }}

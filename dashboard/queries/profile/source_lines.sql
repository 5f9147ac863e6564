-- The lines of the document a report's tables were read from. grain: line_no
select
    line_no,
    line_text
from quality.source_lines
where report_id = $report_id
order by line_no

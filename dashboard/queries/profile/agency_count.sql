-- How many agencies have a current report. grain: one row
select count(distinct agency_id) as agencies
from marts.dim_report

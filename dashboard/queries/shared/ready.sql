-- Whether the file answers at all: the number of current reports.
select count(*) as reports
from marts.dim_report

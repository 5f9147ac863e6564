-- Every file ever offered, by what became of it. grain: status
select
    status,
    count(*) as documents
from quality.documents
group by status
order by status

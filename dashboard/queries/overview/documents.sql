-- Every file ever offered, by what became of it. grain: status
select
    status,
    count(*) as documents
from quality.documents
where ($is_sample::boolean is null or is_sample = $is_sample::boolean)
group by status
order by status

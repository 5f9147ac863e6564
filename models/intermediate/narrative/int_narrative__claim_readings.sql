-- The readings a claim admits on a form, side by side: how they are worded, and the cell that the first of them is, '*'
-- where it adds several up.
-- grain: form_version, claim_no
with terms as (
    select * from {{ ref('int_narrative__reading_terms') }}
)

select
    form_version,
    claim_no,
    measure_code,
    category_code,
    min(rule_id) as rule_id,
    min(table_no) as table_no,
    {%- for code in ['line_code', 'column_code'] %}
    case count(distinct case when reading_no = 1 then {{ code }} end)
        when 0 then null
        when 1 then min(case when reading_no = 1 then {{ code }} end)
        else '*'
    end as {{ code }},
    {%- endfor %}
    count(distinct reading_no) as reading_count,
    {{ each_reading('min(case when reading_no = # then reading_zh end) as reading_zh_#') }},
    {{ each_reading('min(case when reading_no = # then reading_en end) as reading_en_#') }}
from terms
group by form_version, claim_no, measure_code, category_code

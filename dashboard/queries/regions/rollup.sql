-- What a region declared and what its members add up to, cell by cell in the order of the form, and why they compare as
-- they do. grain: table_no, line_code, column_code
with headlines as (
    select distinct
        term.form_version,
        term.table_no,
        term.line_code,
        term.column_code
    from reference.metric_terms as term
    inner join reference.metrics as metric on term.metric_id = metric.metric_id
    where metric.kind = 'count' and term.part = 'numerator'
    qualify count(*) over (partition by term.metric_id, term.form_version) <= 2
)

select
    rolled_up.form_version,
    rolled_up.table_no,
    rolled_up.line_code,
    rolled_up.column_code,
    form.line_label_zh,
    form.line_name_en as line_label_en,
    form.parent_label_zh,
    form.group_name_en,
    form.column_label_zh,
    form.column_name_en as column_label_en,
    rolled_up.unit_code,
    rolled_up.declared_value,
    rolled_up.declared_status,
    rolled_up.member_sum,
    rolled_up.member_sum_status,
    rolled_up.reported_count,
    rolled_up.blank_count,
    rolled_up.not_reported_count,
    rolled_up.other_form_count,
    rolled_up.member_count,
    rolled_up.expected_member_count,
    rolled_up.expected_member_count - rolled_up.member_count as absent_count,
    rolled_up.difference,
    rolled_up.comparison,
    case
        when rolled_up.declared_status = 'not_published' then 'not_published'
        when rolled_up.declared_value is null then 'not_declared'
        when rolled_up.member_count = 0 then 'no_members'
        when rolled_up.member_sum is null then 'no_figures'
        when rolled_up.difference is null then 'no_unit'
        when form.value_kind = 'signed_count' and rolled_up.comparison <> 'equal' then
            case when rolled_up.member_sum_status = 'complete' then 'signed_all' else 'signed_some' end
        when rolled_up.comparison = 'below' then 'below_members'
        when rolled_up.comparison = 'above' and rolled_up.member_sum_status = 'complete' then 'above_all'
        when rolled_up.comparison = 'above' then 'above_some'
        when rolled_up.member_sum_status = 'complete' then 'equal_all'
        else 'equal_some'
    end as reason_code,
    headlines.line_code is not null as is_headline,
    -- A change may be negative: without all members, one below their sum says nothing.
    rolled_up.comparison = 'below'
    and (form.value_kind <> 'signed_count' or rolled_up.member_sum_status = 'complete') as is_short,
    count(*) over (partition by rolled_up.comparison) as cells_alike,
    count(*) over () as cells
from marts.region_rollup as rolled_up
inner join reference.form_lines as form
    on
        rolled_up.form_version = form.form_version
        and rolled_up.table_no = form.table_no
        and rolled_up.line_code = form.line_code
        and rolled_up.column_code = form.column_code
left join headlines
    on
        rolled_up.form_version = headlines.form_version
        and rolled_up.table_no = headlines.table_no
        and rolled_up.line_code = headlines.line_code
        and rolled_up.column_code = headlines.column_code
where rolled_up.region_agency_id = $region and rolled_up.fiscal_year = $fiscal_year
order by rolled_up.table_no, form.line_no, form.column_no

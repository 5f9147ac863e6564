-- Cells of one table that are terms of an equation that does not hold, with the equation.
-- grain: report_id, line_code, column_code
select
    finding.report_id,
    case when term.line_code = '*' then finding.line_code else term.line_code end as line_code,
    case when term.column_code = '*' then finding.column_code else term.column_code end as column_code,
    string_agg(distinct finding.equation_text, '; ' order by finding.equation_text) as doubt_text
from quality.findings as finding
inner join marts.dim_report as report on finding.report_id = report.report_id
inner join reference.rule_terms as term
    on
        finding.rule_id = term.rule_id
        and finding.table_no = term.table_no
        and term.form_version = case finding.table_no
            when 2 then report.table2_form
            when 3 then report.table3_form
            else report.table4_form
        end
        and (term.line_code = '*' or finding.line_code in ('*', term.line_code))
        and (term.column_code = '*' or finding.column_code in ('*', term.column_code))
where
    list_contains($report_ids, finding.report_id)
    and finding.table_no = $table_no
    and finding.severity = 'hard'
    and finding.status = 'open'
    and term.year_offset = 0
group by all
order by all

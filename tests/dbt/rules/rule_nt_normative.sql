-- NT-NORMATIVE 正文规范性文件 · Normative documents, in the prose: 正文规范性文件数 = 本年制作（制发）数，或本年新公开数
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-NORMATIVE') }}

{# The two tables of the schema `meta`: their columns are promised to readers, comments included. #}

{% macro create_meta_tables() %}
  create table meta.build (
      build_id varchar primary key,
      started_at timestamp not null,
      built_at timestamp not null,
      loaded_at timestamp,
      as_of date not null,
      git_commit varchar not null,
      git_is_dirty boolean,
      project_version varchar not null,
      dbt_version varchar not null,
      duckdb_version varchar not null,
      reader_version varchar,
      document_count bigint,
      report_count bigint,
      cell_count bigint,
      finding_count bigint,
      node_count bigint not null,
      test_count bigint not null,
      test_passed_count bigint not null,
      test_warned_count bigint not null
  );
  comment on table meta.build is '本次发布的版本与统计，仅一行 · The published build: what it was made from and what is in it; one row';
  comment on column meta.build.build_id is '构建编号，按时间排序 · Build id, sorts by time';
  comment on column meta.build.started_at is '构建开始时间（UTC） · When the build started (UTC)';
  comment on column meta.build.built_at is '写入发布文件的时间（UTC） · When it was written for publication (UTC)';
  comment on column meta.build.loaded_at is '最近一次读取报告完成的时间（UTC） · When the last load of reports finished (UTC)';
  comment on column meta.build.as_of is '判断认定是否到期的日期 · Day on which decisions with an expiry were judged';
  comment on column meta.build.git_commit is '程序的 git 提交号，未知时为 unknown · Git commit of the project, unknown outside git';
  comment on column meta.build.git_is_dirty is '工作目录是否有未提交的改动，未知时为空 · Whether files differed from that commit, null outside git';
  comment on column meta.build.project_version is '项目版本 · Version of the project';
  comment on column meta.build.dbt_version is 'dbt 版本 · Version of dbt';
  comment on column meta.build.duckdb_version is 'DuckDB 版本 · Version of DuckDB that wrote the file';
  comment on column meta.build.reader_version is '读取程序与表式种子的指纹，多个以逗号分隔 · Fingerprint of readers and form seeds that read the current documents, comma separated if several';
  comment on column meta.build.document_count is 'quality.documents 的行数 · Rows of quality.documents';
  comment on column meta.build.report_count is '现行报告数 · Current reports (rows of marts.dim_report)';
  comment on column meta.build.cell_count is '表格单元格数 · Form cells (rows of marts.form_cells)';
  comment on column meta.build.finding_count is '勾稽问题数 · Findings (rows of quality.findings)';
  comment on column meta.build.node_count is '构建的模型与种子数 · Models and seeds built';
  comment on column meta.build.test_count is '对数据执行的测试数 · Tests run over the data';
  comment on column meta.build.test_passed_count is '通过的测试数 · Tests passed';
  comment on column meta.build.test_warned_count is '仅提示的测试数（报告本身的问题） · Tests that warned (they speak of the reports, not of the pipeline)';

  create table meta.tables (
      schema_name varchar not null,
      table_name varchar not null,
      kind varchar not null check (kind in ('table', 'view')),
      row_count bigint,
      comment_zh varchar,
      comment_en varchar,
      primary key (schema_name, table_name)
  );
  comment on table meta.tables is '发布文件中的全部表和视图 · Every table and view of the published file; one row each';
  comment on column meta.tables.schema_name is '模式名 · Schema';
  comment on column meta.tables.table_name is '表名或视图名 · Name of the table or view';
  comment on column meta.tables.kind is 'table 表或 view 视图 · table or view';
  comment on column meta.tables.row_count is '行数；marts 以外的视图不计，为空 · Number of rows; null for a view outside marts, which would have to be computed';
  comment on column meta.tables.comment_zh is '中文说明 · What it holds, in Chinese';
  comment on column meta.tables.comment_en is '英文说明 · What it holds, in English';
{% endmacro %}

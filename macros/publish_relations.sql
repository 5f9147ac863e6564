{#
  Renders the copying of this run's published relations from build.duckdb into the current database.
  What the run did not build (a table of a model deleted since) stays behind.
#}

{% macro publish_relations(results) %}
  {% set definitions = {} %}
  {% set sql %}
    select schema_name, table_name as relation_name, 'table' as kind, sql, comment
    from duckdb_tables() where database_name = {{ sql_text(target.database) }}
    union all
    select schema_name, view_name, 'view', sql, comment
    from duckdb_views() where database_name = {{ sql_text(target.database) }}
  {% endset %}
  {% for row in run_query(sql).rows %}
    {% do definitions.update({row['schema_name'] ~ '.' ~ row['relation_name']: row}) %}
  {% endfor %}

  {# Results come in the order of completion: what a view reads is always before it. #}
  {% set tables = [] %}
  {% set stored_views = [] %}
  {% set views = [] %}
  {% for result in results if is_published(result.node) %}
    {% set definition = definitions[result.node.schema ~ '.' ~ result.node.alias] %}
    {% if definition['kind'] == 'table' %}
      {% do tables.append(definition) %}
    {% elif result.node.config.meta.get('published_as') == 'table' %}
      {% do stored_views.append(definition) %}
    {% else %}
      {% do views.append(definition) %}
    {% endif %}
  {% endfor %}

  {% for schema in (tables + stored_views + views) | map(attribute='schema_name') | unique %}
  create schema {{ adapter.quote(schema) }};
  {% endfor %}

  {% for table in tables %}
    {% set name = adapter.quote(table['schema_name']) ~ '.' ~ adapter.quote(table['relation_name']) %}
  {{ table['sql'] }}
  insert into {{ name }} select * from {{ adapter.quote(target.database) }}.{{ name }};
  {% endfor %}

  {# Views over raw.duckdb, which readers do not have. #}
  {% for view in stored_views %}
    {% set name = adapter.quote(view['schema_name']) ~ '.' ~ adapter.quote(view['relation_name']) %}
  use {{ adapter.quote(target.database) }};
  create table gongkai_published.{{ name }} as select * from {{ name }};
  use gongkai_published;
  {% endfor %}

  {% for view in views %}
  {{ view['sql'] }}
  {% endfor %}

  {{ publish_comments('table', tables + stored_views) }}
  {{ publish_comments('view', views) }}
{% endmacro %}


{# Models, seeds and snapshots of the contract schemas, and what their views read (tag `published`). #}
{% macro is_published(node) %}
  {{ return(
      node.resource_type in ['model', 'seed', 'snapshot']
      and (node.schema in ['marts', 'quality', 'reference'] or 'published' in node.tags)
  ) }}
{% endmacro %}


{# A stored definition has the constraints but no comments: render them again for all that is copied. #}
{% macro publish_comments(kind, relations) %}
  {% set columns = {} %}
  {% set sql %}
    select schema_name, table_name, column_name, comment
    from duckdb_columns()
    where database_name = {{ sql_text(target.database) }} and comment is not null
    order by schema_name, table_name, column_index
  {% endset %}
  {% for row in run_query(sql).rows %}
    {% do columns.setdefault(row['schema_name'] ~ '.' ~ row['table_name'], []).append(row) %}
  {% endfor %}

  -- one transaction: hundreds of comments need not wait for the disk one by one
  begin transaction;
  {% for relation in relations %}
    {% set name = adapter.quote(relation['schema_name']) ~ '.' ~ adapter.quote(relation['relation_name']) %}
    {% if relation['comment'] %}
  comment on {{ kind }} {{ name }} is {{ sql_text(relation['comment']) }};
    {% endif %}
    {% for column in columns.get(relation['schema_name'] ~ '.' ~ relation['relation_name'], []) %}
  comment on column {{ name }}.{{ adapter.quote(column['column_name']) }} is {{ sql_text(column['comment']) }};
    {% endfor %}
  {% endfor %}
  commit;
{% endmacro %}

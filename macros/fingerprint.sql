{# A sum of row hashes: two sets of rows are equal when their counts and fingerprints are, in whatever order they come.
   Tests that compare every cell of every report both ways use it: joining all cells to all cells would not fit in memory. #}
{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash', 'gongkai')(columns)) }}
{%- endmacro %}
{% macro default__row_hash(columns) -%}
    cast(hash({{ columns | join(', ') }}) as hugeint)
{%- endmacro %}

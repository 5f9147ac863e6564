"""Form rows of nothing but plain counts, as nearly all are, told from the others and kept as the integers they print.

Nothing is lost: a count is kept only where its text is what the integer is printed as, and the cells of such a row are
placed alike and stand at even distances, so that the view ``form_rows`` of raw.duckdb spells the row out again. A row
of which the form asks an amount is none of them, however plain its figures are: they may lack a unit.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.forms.labels import forms
from ingest.model import MAX_COLUMNS

_COLUMN_NOS = range(1, MAX_COLUMNS + 1)
_OF_A_ROW = (
    "document_id", "form_version", "table_no", "line_code", "label_text", "label_evidence", "page_no", "line_no",
)  # fmt: skip
# No sign but a minus, no leading zero; at most eight digits, so that seven of them add up to a 32-bit integer.
_COUNT = re.compile("0|-?[1-9][0-9]{0,7}")

COUNT_ROWS = f"""
    document_id bigint not null, form_version varchar not null, table_no integer not null,
    line_code varchar not null, label_text varchar not null, label_evidence varchar not null,
    page_no integer, line_no integer not null,
    placed_by varchar not null, first_line_no integer not null, line_step integer not null,
    {", ".join(f"count_{k} integer" for k in _COLUMN_NOS)}, blanks utinyint not null"""


def spelt_out() -> str:
    """SQL: the rows of ``form_count_rows`` with the columns of ``form_text_rows``."""
    blank = "blanks & (1 << ({k} - 1)) <> 0"
    cell = f"(count_{{k}} is not null or {blank})"
    templates = (
        f"case when count_{{k}} is not null then cast(count_{{k}} as varchar) when {blank} then '' end as text_{{k}}",
        f"case when {cell} then first_line_no + ({{k}} - 1) * line_step end as line_no_{{k}}",
        f"case when {cell} then placed_by end as placed_by_{{k}}",
    )
    cells = ", ".join(template.format(k=k) for template in templates for k in _COLUMN_NOS)
    return f"select {', '.join(_OF_A_ROW)}, {cells} from form_count_rows"


def parted(rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Form rows (the columns of ``form_text_rows``) as rows of ``form_count_rows`` and the rows that are none."""
    texts, text_codes = _encoded(rows, "text")
    manners, placed = _encoded(rows, "placed_by")
    lines = np.stack([rows[f"line_no_{k}"].fill_null(0).to_numpy() for k in _COLUMN_NOS])
    # The code of an absent text is -1: it stands for the entry at the end.
    counts = [int(text) if _COUNT.fullmatch(text) else None for text in texts]
    is_count = np.array([count is not None for count in counts] + [False])[text_codes]
    is_blank = np.array([text == "" for text in texts] + [False])[text_codes]
    is_refused = np.array([manner.startswith("refused") for manner in manners] + [True])[placed[0]]

    is_cell = placed >= 0
    steps = np.where(is_cell[1], lines[1] - lines[0], 0)
    in_step = lines == lines[0] + np.arange(MAX_COLUMNS)[:, None] * steps
    is_plain = (is_count | is_blank) & (placed == placed[0]) & (lines > 0) & in_step
    is_nothing = ~is_cell & (text_codes < 0) & (lines == 0)
    is_count_row = (is_plain | is_nothing).all(axis=0) & ~is_refused & ~_asks_an_amount(rows)

    values = np.array([count or 0 for count in counts] + [0], np.int32)[text_codes]
    columns = {name: rows[name] for name in _OF_A_ROW} | {"placed_by": rows["placed_by_1"]}
    columns |= {"first_line_no": pa.array(lines[0], pa.int32()), "line_step": pa.array(steps, pa.int32())}
    columns |= {f"count_{k}": pa.array(values[k - 1], mask=~is_count[k - 1]) for k in _COLUMN_NOS}
    blanks = (is_blank.astype(np.uint8) << np.arange(MAX_COLUMNS, dtype=np.uint8)[:, None]).sum(axis=0, dtype=np.uint8)
    count_rows = pa.table(columns | {"blanks": pa.array(blanks)})
    return count_rows.filter(pa.array(is_count_row)), rows.filter(pa.array(~is_count_row))


def _asks_an_amount(rows: pa.Table) -> np.ndarray:
    """Of each row whether the form asks an amount in one of its cells."""
    lines = pa.array(["|".join(map(str, line)) for line in forms().amount_lines], pa.string())
    keys = [pc.cast(rows[name], pa.string()) for name in ("form_version", "table_no", "line_code")]
    return pc.is_in(pc.binary_join_element_wise(*keys, "|"), lines).to_numpy()


def _encoded(rows: pa.Table, stem: str) -> tuple[list[str], np.ndarray]:
    """The distinct texts of seven parallel columns, and cells x rows the place of each among them; -1 for none."""
    encoded = pa.concat_arrays([rows[f"{stem}_{k}"].combine_chunks() for k in _COLUMN_NOS]).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return encoded.dictionary.to_pylist(), codes.reshape(MAX_COLUMNS, rows.num_rows)

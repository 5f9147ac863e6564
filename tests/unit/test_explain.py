"""``explain``: what one opens first when a number looks odd must name the evidence, not only the result."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from ingest.explain import explained
from ingest.read import read_documents

TITLE = "甲县水利局2019年政府信息公开工作年度报告\n"
HEADS = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"


def shown(tmp_path: Path, text: str) -> str:
    file = tmp_path / "乙县林业局2020年政府信息公开工作年度报告.txt"
    file.write_text(text, encoding="utf-8")
    out = Console(width=250, file=io.StringIO(), markup=False, record=True)
    for document in read_documents(file, file.name):
        for part in explained(document):
            out.print(part)
    return out.export_text()


def test_every_clue_to_the_identity_is_listed_and_the_one_taken_marked(tmp_path: Path):
    text = shown(tmp_path, TITLE + "一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n")
    taken, other = (
        next(line for line in text.splitlines() if name in line and "│ agency" in line)
        for name in ("甲县水利局", "乙县林业局")
    )
    assert "✓" in taken
    assert "✓" not in other
    assert "agency 乙县林业局 by file name" in text


def test_labels_and_heads_are_shown_where_they_were_matched(tmp_path: Path):
    text = shown(tmp_path, f"{TITLE}{HEADS}一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n其他说明\t5\n")
    line_of = {line.split("│")[0].strip(): line for line in text.partition("Lines as printed")[2].splitlines()}
    assert "3:business column" in line_of["2"]
    assert line_of["3"].rstrip().endswith("3:new")
    assert line_of["4"].rstrip().endswith("—")  # figures nobody claimed stand out


def test_a_refused_row_says_what_is_printed_and_why(tmp_path: Path):
    text = shown(tmp_path, f"{TITLE}{HEADS}一、本年新收政府信息公开申请数量\t1\t0\t5\n")
    refused = text.partition("Refused:")[2]
    assert "1 0 5" in refused
    assert "3 cells for 7 columns" in refused

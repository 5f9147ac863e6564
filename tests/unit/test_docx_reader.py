"""Word files: what is printed comes out, in reading order, each table row with its own cells."""

from __future__ import annotations

import pytest

from benchmarks.generate.writers.docx import NAMESPACES, PAGE, Block, Table, Xml, document_part, write_docx
from benchmarks.generate.writers.spans import Cell
from benchmarks.generate.writers.xlsx import Sheet, write_xlsx
from ingest import limits
from ingest.model import Document
from ingest.readers.docx import read_docx
from tests.support.hostile import read_in_time, refusal, stored

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(*blocks: Block, styles: str = "") -> Document:
    return read_docx(write_docx(blocks, styles=styles))


def shown(document: Document) -> list[str | tuple[str, ...]]:
    """Lines as texts, table rows as tuples, in the order of the document."""
    return [row.cells[0] if row.kind == "line" else row.cells for row in document.rows]


def run(text: str, looks: str = "") -> Xml:
    return Xml(f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(text: str, told: str = "") -> str:
    return f"<w:tc><w:tcPr>{told}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows: str) -> Xml:
    return Xml(f"<w:tbl>{''.join(rows)}</w:tbl>")


# -- text ------------------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_the_order_of_the_document():
    document = read("标题", Table([["规章", 1], ["规范性文件", None]]), "", "无。")
    assert shown(document) == ["标题", ("规章", "1"), ("规范性文件", ""), "无。"]
    assert [line.text for line in document.lines] == ["标题", "规章\t1", "规范性文件\t", "无。"]
    assert [line.line_no for line in document.lines] == [1, 2, 3, 4]
    assert [(r.line_no, r.table_index, r.row_index) for r in document.rows] == [
        (1, 0, 0),
        (2, 1, 1),
        (3, 1, 2),
        (4, 0, 0),
    ]
    assert (document.encoding, document.page_count) == ("docx", None)


def test_a_line_break_parts_lines_and_stays_inside_a_cell():
    document = read("一、总体情况\n正文", Table([["行政\n许可", "12\n34"]]))
    assert shown(document) == ["一、总体情况", "正文", ("行政\n许可", "12\n34")]
    assert document.lines[2].text == "行政 许可\t12 34"


def test_paragraphs_of_a_cell_stay_apart_and_blank_ones_go():
    two = Xml("<w:p/><w:p><w:r><w:t>12</w:t></w:r></w:p><w:p><w:r><w:t>34</w:t></w:r></w:p><w:p/>")
    assert shown(read(Table([["规章", two]]))) == [("规章", "12\n34")]


def test_signs_come_out_as_what_they_print():
    signs = "<w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>5\u00a06</w:t><w:cr/><w:t>7</w:t>"
    assert shown(read([Xml(f"<w:r><w:t>a</w:t>{signs}</w:r>")])) == ["a -5 6", "7"]


def test_a_sign_of_a_picture_font_is_no_gap_between_digits():
    known, unknown = '<w:sym w:font="Arial" w:char="2014"/>', '<w:sym w:font="Wingdings" w:char="F081"/>'
    content = Xml(f"<w:p><w:r><w:t>1</w:t>{unknown}<w:t>2</w:t></w:r></w:p>")
    assert shown(read([Xml(f"<w:r>{known}</w:r>")], Table([["规章", content]]))) == ["—", ("规章", "1\ufffd2")]


def test_runs_in_links_fields_and_controls_are_text():
    wrapped = [
        f"<w:{name}><w:r><w:t>{i}</w:t></w:r></w:{name}>" for i, name in enumerate(("hyperlink", "smartTag", "ins"))
    ]
    control = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>3</w:t></w:r></w:sdtContent></w:sdt>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4</w:t></w:r>'
    )
    simple = '<w:fldSimple w:instr="DATE"><w:r><w:t>5</w:t></w:r></w:fldSimple>'
    assert shown(read([Xml("".join([*wrapped, control, field, simple]))])) == ["012345"]


def test_blocks_in_controls_and_custom_xml_are_read():
    inner = "<w:p><w:r><w:t>内</w:t></w:r></w:p>"
    one = f"<w:sdt><w:sdtContent>{cell('1')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row(cell('a'), one)}</w:sdtContent></w:sdt>"
    document = read(
        Xml(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt><w:customXml>{inner}</w:customXml>"), table(rows)
    )
    assert shown(document) == ["内", "内", ("a", "1")]


def test_tracked_changes_read_as_accepted():
    deleted = Xml(
        "<w:del><w:r><w:delText>222</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom>"
    )
    inserted = Xml("<w:ins><w:r><w:t>231</w:t></w:r></w:ins><w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo>")
    gone_row = row("<w:trPr><w:del/></w:trPr>", cell("旧"), cell("1"))
    rows = table(gone_row, row(cell("新"), cell("x", "<w:cellDel/>"), cell("2", "<w:cellIns/>")))
    assert shown(read([deleted, inserted], rows)) == ["231件", ("新", "2")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    first = Xml("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>采购项目</w:t></w:r></w:p>")
    assert shown(read(first, "数量", first)) == ["采购项目数量", "采购项目"]


def test_hidden_text_is_out_by_run_and_by_style():
    styles = (
        '<w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="heir"><w:basedOn w:val="gone"/></w:style>'
        '<w:style w:styleId="back"><w:basedOn w:val="gone"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    direct = [run("a", "<w:vanish/>"), run("b", '<w:vanish w:val="false"/>'), run("c")]
    styled = [
        run(text, f'<w:rStyle w:val="{style}"/>') for text, style in (("d", "gone"), ("e", "heir"), ("f", "back"))
    ]
    paragraph = Xml('<w:p><w:pPr><w:pStyle w:val="heir"/></w:pPr><w:r><w:t>g</w:t></w:r></w:p>')
    assert shown(read([*direct, *styled], paragraph, styles=styles)) == ["bcf"]


def test_struck_out_and_raised_digits_are_no_part_of_a_figure():
    struck, raised = run("5", "<w:strike/>"), run("1", '<w:vertAlign w:val="superscript"/>')
    lowered = run("2", '<w:vertAlign w:val="subscript"/>')
    assert shown(read([struck, run("8")], [run("12"), raised], ["H", lowered])) == ["~~5~~8", "12^1", "H_2"]


def test_a_formula_is_text_only_where_it_is_a_line_of_text():
    plain = "<m:oMath><m:r><m:t>231</m:t></m:r></m:oMath>"
    part = "<m:{0}><m:r><m:t>1</m:t></m:r></m:{0}>"
    fraction = f"<m:oMath><m:f>{part.format('num')}{part.format('den')}</m:f></m:oMath>"
    assert shown(read([Xml(plain)], [Xml(f"<m:oMathPara>{fraction}</m:oMathPara>")])) == ["231", "\ufffd"]


def test_of_two_renderings_of_the_same_content_one_is_read():
    choices = "<mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    text = "<w:r><w:t>231</w:t></w:r>"
    block = both.format("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "<w:p><w:r><w:t>乙</w:t></w:r></w:p>")
    only_fallback = f"<mc:AlternateContent><mc:Fallback>{text}</mc:Fallback></mc:AlternateContent>"
    assert shown(read([Xml(both.format(text, text))], Xml(block), [Xml(only_fallback)])) == ["231", "甲", "231"]


def test_a_text_box_is_content_of_its_own_once():
    inside = f"<w:p><w:r><w:t>框</w:t></w:r></w:p>{table(row(cell('1'))).xml}"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
        f"{inside}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    in_cell = Xml(f"<w:p>{box}<w:r><w:t>5</w:t></w:r></w:p>")
    document = read([Xml(box), "段"], Table([["规章", in_cell], ["规范性文件", 6]]))
    assert shown(document) == ["段", "框", ("1",), ("规章", "5"), "框", ("1",), ("规范性文件", "6")]
    assert [r.table_index for r in document.rows] == [0, 0, 1, 2, 0, 3, 2]


def test_notes_comments_and_numbering_are_not_text():
    marks = Xml('<w:r><w:footnoteReference w:id="1"/></w:r><w:commentRangeStart/><w:r><w:annotationRef/></w:r>')
    numbered = Xml("<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr><w:r><w:t>重复申请</w:t></w:r></w:p>")
    assert shown(read(["231", marks], numbered)) == ["231", "重复申请"]


# -- tables ----------------------------------------------------------------------------------------------------------


def test_covered_cells_are_no_cells():
    rows = [
        [Cell("三、", 1, 3), Cell("（一）", 2), 1],
        [Cell("（三）", 1, 2), "1.", 2],
        ["2.", None],
        [Cell("四、", 3), 0],
    ]
    assert shown(read(Table(rows))) == [("三、", "（一）", "1"), ("（三）", "1.", "2"), ("2.", ""), ("四、", "0")]


def test_a_cell_that_continues_nothing_is_a_cell_of_its_own():
    going_on = "<w:vMerge/>"
    rows = table(
        row(cell("", going_on), cell("7", going_on)),
        row(cell("规章", '<w:vMerge w:val="restart"/>'), cell("1")),
        row(cell("旧", '<w:vMerge w:val="continue"/>'), cell("2")),
        row(cell("b"), cell("3")),
        row(cell("c", going_on), cell("4")),
    )
    assert shown(read(rows)) == [("", "7"), ("规章", "1"), ("2",), ("b", "3"), ("c", "4")]


def test_merges_downwards_are_followed_by_column_not_by_position():
    rows = table(
        row(cell("a", '<w:gridSpan w:val="2"/>'), cell("b", '<w:vMerge w:val="restart"/>')),
        row("<w:trPr><w:gridBefore w:val='1'/></w:trPr>", cell("1"), cell("x", "<w:vMerge/>")),
        row(cell("2"), cell("3"), cell("", "<w:vMerge/>")),
    )
    assert shown(read(rows)) == [("a", "b"), ("1",), ("2", "3")]


def test_old_merges_across_are_followed():
    rows = table(
        row(cell("合", '<w:hMerge w:val="restart"/>'), cell("并", "<w:hMerge/>"), cell("1")),
        row(cell("自", "<w:hMerge/>"), cell("2")),
    )
    assert shown(read(rows)) == [("合", "1"), ("自", "2")]


def test_a_row_that_holds_a_table_dissolves_and_others_stay():
    inner = table(row(cell("规章"), cell("1"))).xml
    layout = Xml(f"<w:p><w:r><w:t>前</w:t></w:r></w:p>{inner}<w:p><w:r><w:t>后</w:t></w:r></w:p>")
    document = read(Table([["索引号", "123"], [layout, "边"]]))
    assert shown(document) == [("索引号", "123"), "前", ("规章", "1"), "后", "边"]
    assert [r.table_index for r in document.rows] == [1, 0, 2, 0, 0]


def test_a_hidden_row_and_a_row_without_cells_of_its_own_leave_nothing():
    rows = table(
        row("<w:trPr><w:hidden/></w:trPr>", cell("藏"), cell("1")),
        row(cell("a", '<w:vMerge w:val="restart"/>')),
        row(cell("", "<w:vMerge/>")),
        row(),
    )
    assert shown(read(rows)) == [("a",)]


# -- pages -----------------------------------------------------------------------------------------------------------


def pages(document: Document) -> list[int | None]:
    return [line.page_no for line in document.lines]


def test_pages_follow_the_breaks_that_word_saw():
    seen = Xml("<w:r><w:lastRenderedPageBreak/></w:r>")
    document = read("一", [seen, "二"], ["前", seen, "后"], "三")
    assert pages(document) == [1, 2, 2, 3]
    assert document.page_count == 3


def test_a_break_that_was_made_and_seen_counts_once():
    seen = Xml("<w:r><w:lastRenderedPageBreak/></w:r>")
    before = Xml("<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>三</w:t></w:r></w:p>")
    section = Xml("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>")
    same_page = Xml('<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p>')
    assert pages(read("一", PAGE, [seen, "二"], before, section, [seen, "四"], same_page, "四")) == [1, 2, 3, 4, 4]


def test_a_row_over_a_page_break_begins_on_the_page_of_its_first_text():
    seen = "<w:r><w:lastRenderedPageBreak/></w:r>"
    starts = Xml(f"<w:p>{seen}<w:r><w:t>新</w:t></w:r></w:p>")
    breaks = Xml(f"<w:p><w:r><w:t>半</w:t></w:r>{seen}<w:r><w:t>行</w:t></w:r></w:p>")
    document = read(Table([["a", 1], [starts, starts], [breaks, breaks], ["z", 2]]))
    assert pages(document) == [1, 2, 2, 3]


def test_without_any_break_no_page_is_told():
    assert pages(read("一", Table([["a"]]))) == [None, None]


# -- packages --------------------------------------------------------------------------------------------------------


def test_the_main_part_is_found_by_its_relation_and_strict_files_read():
    data = write_docx(["报告"])
    renamed = document_part("<w:p><w:r><w:t>别处</w:t></w:r></w:p>")
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/Document2.xml"/>'
        "</Relationships>"
    )
    parts = {"word/document2.xml": renamed, "_rels/.rels": relations}
    assert shown(read_docx(write_docx(["报告"], parts=parts))) == ["别处"]
    strict = document_part("<w:p><w:r><w:t>严</w:t></w:r></w:p>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT
    )
    assert shown(read_docx(stored(data, {"word/document.xml": strict}))) == ["严"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "wrong_type", "the file is empty"),
        (b"{\\rtf1\\ansi}", "wrong_type", "RTF"),
        (b"<html><body>", "wrong_type", "name it .html"),
        (b"%PDF-1.4", "wrong_type", "name it .pdf"),
        ("年度报告".encode(), "wrong_type", "no office file"),
        (OLE + "WordDocument".encode("utf-16-le"), "old_format", "save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (OLE + "Workbook".encode("utf-16-le"), "old_format", "save it as .xlsx"),
        (b"PK\x03\x04 cut off", "damaged", "directory cannot be read"),
        (write_docx(["x"])[:-40], "damaged", "directory cannot be read"),
        (write_xlsx([Sheet([[1]])]), "wrong_type", "name it .xlsx"),
        (write_docx([], parts={"word/document.xml": f"<w:hdr {NAMESPACES}/>"}), "wrong_type", "of another kind"),
        (write_docx([], parts={"word/document.xml": "<w:document"}), "damaged", "no sound XML"),
        (write_docx([Xml('<w:altChunk r:id="a" xmlns:r="r"/>')]), "embedded_part", "save it anew"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:20],
)
def test_what_is_no_word_file_is_refused_with_the_cure(data: bytes, code: str, words: str):
    error = refusal(read_docx, data)
    assert error.code == code
    assert words in error.reason


# -- hostile files ---------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
TAIL = f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body></w:document>"
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


@pytest.mark.parametrize(
    "part",
    [
        f"<!DOCTYPE x [{LAUGHS}]>{TAIL.format('&a11;')}",
        f"{UTF_16}<!DOCTYPE x [{LAUGHS}]>{TAIL.format('&a11;')}".encode("utf-16"),
        f"{QUADRATIC}{TAIL.format('&a;' * 50_000)}",
        f"{UTF_16}{QUADRATIC}{TAIL.format('&a;' * 50_000)}".encode("utf-16"),
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>{TAIL.format("&a;")}',
        f'{UTF_16}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>{TAIL.format("&a;")}'.encode("utf-16"),
        f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{TAIL.format("1")}',
    ],
    ids=["laughs", "laughs-16", "quadratic", "quadratic-16", "external", "external-16", "dtd"],
)
def test_entities_and_document_types_are_refused(part: str | bytes):
    assert refusal(read_docx, write_docx([], parts={"word/document.xml": part})).code in ("refused_markup", "damaged")


def around(opening: str, inner: str, count: int) -> str:
    closing = "".join(f"</{name}>" for name in reversed([tag.split()[0] for tag in opening.strip("<>").split("><")]))
    return opening * count + inner + closing * count


RUN = "<w:r><w:t>1</w:t></w:r>"
NESTED = {
    "tables": lambda n: around("<w:tbl><w:tr><w:tc>", f"<w:p>{RUN}</w:p>", n // 3),
    "controls": lambda n: around("<w:sdt>", f"<w:p>{RUN}</w:p>", n),
    "insertions": lambda n: f"<w:p>{around('<w:ins>', RUN, n)}</w:p>",
    "boxes": lambda n: around("<w:p><w:r><w:txbxContent>", f"<w:p>{RUN}</w:p>", n // 3),
    "rows": lambda n: f"<w:tbl>{around('<w:sdt>', f'<w:tr><w:tc><w:p>{RUN}</w:p></w:tc></w:tr>', n)}</w:tbl>",
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_read_up_to_a_bound_and_refused_beyond(kind: str):
    assert shown(read(Xml(NESTED[kind](60)))) in (["1"], [("1",)])
    for depth in (240, 3_000, 60_000):
        assert refusal(read_docx, write_docx([Xml(NESTED[kind](depth))])).code in (
            "nested_too_deep", "damaged", "refused_archive"
        )  # fmt: skip


def repeated(xml: str) -> str:
    return xml * (limits.MAX_OFFICE_TAGS // xml.count("<") - 100)


@pytest.mark.parametrize(
    "body",
    [
        repeated("<w:p><w:r><w:t>1</w:t></w:r></w:p>"),
        f"<w:tbl><w:tr>{repeated('<w:tc/>')}</w:tr></w:tbl>",
        f"<w:tbl>{repeated('<w:tr><w:tc/></w:tr>')}</w:tbl>",
        f"<w:p><w:r>{repeated('<w:t>' + '9' * 60 + '</w:t>')}</w:r></w:p>",
        f"<w:p>{'<w:r/>' * limits.MAX_OFFICE_TAGS}</w:p>",
    ],
    ids=["paragraphs", "cells", "rows", "text", "tags"],
)
def test_too_much_of_anything_is_refused_or_read_in_time(body: str):
    packed = write_docx([Xml(body)])
    assert refusal(read_docx, packed).code == "refused_archive"
    unpacked = stored(packed, {})
    if "9" in body:
        assert len(read_in_time(read_docx, unpacked).lines) == 1
    else:
        assert refusal(read_docx, unpacked).code == "too_large"


@pytest.mark.parametrize("sign", ['<w:br w:type="page"/>', "<w:br/>", "<w:lastRenderedPageBreak/>"])
def test_endless_breaks_take_no_time(sign: str):
    body = f"<w:p><w:r>{repeated(sign)}</w:r></w:p>"
    data = stored(write_docx([Xml(body)]), {})
    if sign == "<w:br/>":
        assert read_in_time(read_docx, data).lines == ()
    else:
        assert "pages" in refusal(read_docx, data).reason


def test_a_span_of_a_million_columns_is_one_cell():
    wide = '<w:gridSpan w:val="1000000"/><w:vMerge w:val="restart"/>'
    rows = table(row(*(cell("1", wide) for _ in range(3_000))), row(cell("2", '<w:gridSpan w:val="-1"/>')))
    document = read_in_time(read_docx, stored(write_docx([rows]), {}))
    assert [len(r.cells) for r in document.rows] == [3_000, 1]


def test_a_part_that_unpacks_to_gigabytes_is_not_unpacked():
    bomb = write_docx([], parts={"word/document.xml": document_part(" " * 40_000_000)})
    assert refusal(read_docx, bomb).code == "refused_archive"

"""The papers an agency gets: problem list 问题清单 (XLSX) and return letter 退回函 (DOCX); the list of all (CSV)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ingest.export import Column, Sheet, Value, file_name, left_over, printable, write_csv, write_docx, write_xlsx
from ingest.problems import SCOPES, SEVERITIES, STATUSES, TABLES, Agency, Group, Problem, Problems
from ingest.published import SAMPLE

LIST_ENDING, LETTER_ENDING, ALL = "_问题清单.xlsx", "_退回函.docx", "问题清单汇总.csv"
CANDIDATES_SHOWN = 10  # in a letter; the problem list has all that are listed
COUNTED = 1_000  # the search for repairs counts so many at most
_GROUPS = {
    "unique": "改法唯一", "doubtful": "改法唯一，但有疑问", "ambiguous": "改法不止一种", "unresolved": "未能推断",
}  # fmt: skip
_SIDES = {"left": "左", "right": "右", "upper": "上限"}

_PROBLEM_COLUMNS = tuple(Column(*c) for c in (
    ("序号", 6), ("年度", 8), ("口径", 8), ("规则", 14), ("规则名称", 16), ("性质", 10), ("表", 6), ("行", 28),
    ("列", 16), ("应满足的关系", 30), ("印出的数", 36), ("左边", 12), ("右边", 12), ("差额", 10), ("问题说明", 50),
    ("能否断定", 12), ("改法种数", 10), ("参考改法", 44), ("推断依据", 60), ("如何处理", 40), ("来源文件", 30),
    ("页", 6), ("行号", 8), ("发现编号", 18),
))  # fmt: skip
_CELL_COLUMNS = tuple(Column(*c) for c in (
    ("序号", 6), ("发现编号", 18), ("边", 6), ("权数", 8), ("年度", 8), ("表", 6), ("行", 36), ("列", 18), ("数值", 12),
    ("填报状态", 12), ("原文", 20), ("来源文件", 30), ("页", 6), ("行号", 8),
))  # fmt: skip
_CHANGE_COLUMNS = tuple(Column(*c) for c in (
    ("问题组", 18), ("改法序号", 10), ("是否唯一", 10), ("表", 6), ("行", 36), ("列", 18), ("现填", 12),
    ("建议改为", 12), ("推断依据", 80), ("来源文件", 30), ("页", 6), ("行号", 8),
))  # fmt: skip


def write_papers(
    problems: Problems,
    agencies: Sequence[Agency],
    folder: Path,
    *,
    year: int | None = None,
    date: str | None = None,
    sender: str | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[list[Path], list[Path]]:
    """List and letter of every agency with an open finding, and the list of all. Returns the files written, and those
    of an earlier run that lie in the folder still. Raises ExportError."""
    written: list[Path] = []
    everything: list[tuple[Value, ...]] = []
    names: set[str] = set()
    # The list of all says it in its name as soon as one of them is invented, and in each row.
    summary = folder / (f"{SAMPLE}_{ALL}" if any(agency.is_sample for agency in agencies) else ALL)
    concerned = [agency for agency in agencies if agency.open_findings]
    for done, (agency, found) in enumerate(problems.of(concerned, year), start=1):
        name = file_name(f"{f'{SAMPLE}_' if agency.is_sample else ''}{agency.name}_{agency.agency_id}")
        while name.casefold() in names:  # two names that differ only in what a file name cannot hold
            name += "_"
        names.add(name.casefold())
        paths = (folder / f"{name}{LIST_ENDING}", folder / f"{name}{LETTER_ENDING}")
        write_xlsx(paths[0], f"{agency.mark}{agency.name} 问题清单", problem_sheets(found, mark=agency.mark))
        write_docx(paths[1], f"{agency.mark}{agency.name} 退回函", letter(agency, found, date=date, sender=sender))
        written += paths
        everything += ((agency.agency_id, f"{agency.mark}{agency.name}", *row) for row in _problem_rows(found))
        progress("written", done, len(concerned))
    columns = (Column("机关代码"), Column("机关名称"), *_PROBLEM_COLUMNS)
    write_csv(summary, Sheet("问题清单", columns, everything))
    written.append(summary)
    return written, left_over(folder, (LIST_ENDING, LETTER_ENDING, ALL), written)


# -- the problem list --------------------------------------------------------------------------------------------------


def problem_sheets(problems: Sequence[Problem], mark: str = "") -> list[Sheet]:
    """The problems, the cells of their equations as printed with their status, and what may mend them. ``mark`` stands
    before the name of each sheet."""
    cells = [
        (number, p.finding_id, _SIDES.get(c.side, c.side), c.weight, c.fiscal_year, TABLES[c.place[1]], c.line,
         c.column, c.value, STATUSES.get(c.status, c.status), c.as_printed, c.source_path, c.page_no, c.line_no)
        for number, p in enumerate(problems, start=1)
        for c in p.cells
    ]  # fmt: skip
    groups = {p.group.group_id: p.group.candidates for p in problems if p.group}
    changes = [
        (group, one.candidate_no, _yes(one.is_unique), TABLES[c.place[1]], c.line, c.column, c.printed, c.suggested,
         one.proof, c.source_path, c.page_no, c.line_no)
        for group, candidates in groups.items()
        for one in candidates
        for c in one.changes
    ]  # fmt: skip
    return [
        Sheet(f"{mark}问题清单", _PROBLEM_COLUMNS, list(_problem_rows(problems))),
        Sheet(f"{mark}等式各项", _CELL_COLUMNS, cells),
        Sheet(f"{mark}参考改法", _CHANGE_COLUMNS, changes),
    ]


def about_sheet(agency: Agency, problems: Sequence[Problem], *, year: int | None, build_id: str) -> Sheet:
    """What a problem list says of itself: whose it is, of which years, from which build."""
    rows: list[tuple[Value, ...]] = [
        ("机关", f"{agency.mark}{agency.name}（{agency.agency_id}）"),
        ("年度", "全部年度" if year is None else f"{year}年度"),
        ("疑点", f"{len(problems)} 处，均为待处理"),
        ("数据版本", build_id),
    ]
    return Sheet("说明", (Column("项目", 12), Column("内容", 60)), rows)


def _problem_rows(problems: Sequence[Problem]) -> Iterator[tuple[Value, ...]]:
    for number, p in enumerate(problems, start=1):
        status = "doubtful" if p.group and p.group.is_doubtful else p.group.status if p.group else None
        yield (
            number, p.report.fiscal_year, SCOPES.get(p.report.scope, p.report.scope), p.rule_id, p.rule_name,
            SEVERITIES.get(p.severity, p.severity), p.table, p.line, p.column, p.equation, p.equation_text,
            p.left_value, p.right_value, p.difference, p.message,
            _GROUPS.get(status, status), p.group.candidate_count if p.group else None,
            "\n".join(_numbered(p)) or None,
            _grounds(p.group) if p.group else None,
            p.fix, p.source_path, p.page_no, p.line_no, p.finding_id,
        )  # fmt: skip


def _grounds(group: Group) -> str | None:
    """The proof of the only repair, or of the one of several that the prose confirms."""
    number = 1 if group.status == "unique" else group.confirmed_no
    return next((one.proof for one in group.candidates if one.candidate_no == number), None)


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _numbered(problem: Problem) -> list[str]:
    """The listed candidates as sentences, numbered where there are several."""
    candidates = problem.group.candidates if problem.group else ()
    several, year = len(candidates) > 1, problem.report.fiscal_year
    return [f"（{c.candidate_no}）{c.sentence(year)}" if several else c.sentence(year) for c in candidates]


# -- the letter --------------------------------------------------------------------------------------------------------


def letter(
    agency: Agency, problems: Sequence[Problem], *, date: str | None, sender: str | None, build_id: str | None = None
) -> Document:
    """The return letter to an agency about all its problems, numbered through, with room for its reply; with the build
    it was made from, where that is to be printed."""
    paper = _Paper()
    paper.heading(f"{agency.mark}政府信息公开工作年度报告数据核对退回函")
    if agency.is_sample:
        paper.line(f"本函所述机关和数字均为虚构的{SAMPLE}，不得作为真实情况使用。", bold=True)
    paper.line(f"{agency.name}：", indent=False)
    hard = sum(p.severity == "hard" for p in problems)
    counted = "，".join(f"{SEVERITIES[s]} {n} 处" for s, n in (("hard", hard), ("soft", len(problems) - hard)) if n)
    paper.line(
        f"经核对，你单位政府信息公开工作年度报告中有 {len(problems)} 处数据需要核实（{counted}）。现将问题列后，"
        "请逐项核实，并在文末“处理意见”中写明更正后的数，或者说明情况。"
    )
    seen: dict[str, int] = {}
    numbered = list(enumerate(problems, start=1))
    for report, group in groupby(numbered, key=lambda pair: pair[1].report):
        scope = SCOPES.get(report.scope, report.scope)
        paper.subheading(f"{report.called}（{report.fiscal_year}年度，{scope}；文件：{report.source_path}）")
        for number, problem in group:
            paper.line(f"{number}. {problem.rule_name}（{problem.rule_id}，{SEVERITIES[problem.severity]}）", bold=True)
            paper.line(f"位置：{problem.place}（{problem.source}）")
            paper.line(f"应满足：{problem.equation}")
            paper.line(f"印出的数：{problem.equation_text}")
            paper.line(f"问题：{problem.message}")
            paper.line(f"处理：{problem.fix}")
            for text in _suggested(problem, number, seen):
                paper.line(text)
    paper.subheading("处理意见")
    paper.replies([(str(number), f"{p.place}　{p.rule_name}") for number, p in numbered])
    paper.line("经办人：　　　　　　　联系电话：　　　　　　　　日期：", indent=False)
    for text in (sender, date):
        if text:
            paper.line(text, indent=False, right=True)
    if build_id:
        paper.line(f"（数据版本：{build_id}）", indent=False)
    return paper.document


def _suggested(problem: Problem, number: int, seen: dict[str, int]) -> Iterator[str]:
    """What may mend it: the correction where it is unique, else the candidates; told once for what hangs together."""
    group = problem.group
    if group is None:
        return
    first, listed = seen.setdefault(group.group_id, number), _numbered(problem)
    if first != number:
        yield f"参考改法：与第 {first} 项同出一处，见该项。"
    elif group.status == "unique":
        yield f"{'可能的改法' if group.is_doubtful else '参考改法'}：{listed[0]}。依据：{_grounds(group)}"
        yield "以上为按等式推算所得，是否更正请以原始台账为准。"
    elif group.status == "unresolved":
        yield "仅凭等式不能推断哪些格有误，请对照原始台账逐格核对。"
    else:
        yield f"仅凭等式不能确定哪一格有误，可能的改法有{_counted(group)}，请对照原始台账确定。"
        yield from listed[:CANDIDATES_SHOWN]
        if len(listed) > CANDIDATES_SHOWN:
            yield "（其余改法见问题清单。）"
        if group.confirmed_no:
            yield f"其中与正文所称相符的是{listed[group.confirmed_no - 1]}。依据：{_grounds(group)}"


def _counted(group: Group) -> str:
    """How many candidates there are; the search counts no further than a thousand."""
    return f" {group.candidate_count:,} 种" if group.candidate_count < COUNTED else f" {COUNTED:,} 种以上"


class _Paper:
    """A document in A4 with the margins and type of an official letter."""

    def __init__(self) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (37, 35, 28, 26))
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.4

    def heading(self, text: str) -> None:
        found = self.line(text, indent=False, bold=True)
        found.alignment = WD_ALIGN_PARAGRAPH.CENTER
        found.runs[0].font.size = Pt(18)
        found.paragraph_format.space_after = Pt(18)

    def subheading(self, text: str) -> None:
        self.line(text, indent=False, bold=True).paragraph_format.space_before = Pt(14)

    def line(self, text: str, *, indent: bool = True, bold: bool = False, right: bool = False) -> Paragraph:
        found = self.document.add_paragraph()
        found.add_run(printable(text)).bold = bold
        if indent:
            found.paragraph_format.first_line_indent = Pt(28)
        if right:
            found.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return found

    def replies(self, problems: Sequence[tuple[str, str]]) -> None:
        """A row for each problem, with boxes to tick and room to write."""
        table = self.document.add_table(rows=1, cols=4, style="Table Grid")
        rows = [
            ("序号", "问题", "处理", "更正后的数或说明"),
            *((n, text, "□ 更正\n□ 说明", "") for n, text in problems),
        ]
        for number, row in enumerate(rows):
            cells = table.rows[0].cells if number == 0 else table.add_row().cells
            for cell, text, width in zip(cells, row, (12, 62, 24, 58), strict=True):
                cell.width = Mm(width)
                cell.text = printable(text)
                cell.paragraphs[0].runs[0].font.size = Pt(11)
                cell.paragraphs[0].runs[0].bold = number == 0

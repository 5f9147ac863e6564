"""``/papers/problems.xlsx`` and ``/papers/letter.docx``: what an agency gets about its open findings, made on demand.

``agency`` is its id, ``year`` (may lack) the fiscal year, ``build`` the name of the build the page shows. The papers
are those of ``python -m ingest problems``; here they also say which build they were made from.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import warehouse
from dashboard.data import gone, made, sent
from dashboard.warehouse import Build
from ingest.export import file_name, write_docx, write_xlsx
from ingest.letters import LETTER_ENDING, LIST_ENDING, about_sheet, letter, problem_sheets
from ingest.problems import Problems, UnknownAgencyError
from ingest.published import SAMPLE

_TYPES = {
    "problems.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "letter.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def papers(request: Request) -> Response:
    """The paper asked for, or one sentence saying why there is none."""
    paper, asked = request.path_params["paper"], request.query_params
    year = asked.get("year", "")
    if paper not in _TYPES or (year and not (year.isdecimal() and len(year) == 4)):
        return PlainTextResponse("There is no such paper.", status_code=404)
    try:
        build = warehouse.named(asked.get("build", ""))
    except warehouse.NoBuildError:
        return gone()
    return made(lambda: _paper(build, paper, asked.get("agency", ""), int(year) if year else None))


def _paper(build: Build, paper: str, agency_id: str, year: int | None) -> Response:
    with build.cursor() as connection:
        problems = Problems(connection)
        try:
            agency = next(one for one in problems.agencies(agency_id, year) if one.agency_id == agency_id)
        except (UnknownAgencyError, StopIteration):
            return PlainTextResponse("No report of this agency is published.", status_code=404)
        ((_, found),) = problems.of([agency], year)
    if not found:
        return PlainTextResponse("There is no open finding.", status_code=404)
    told = build.row("shared/build") or {}
    build_id = str(told.get("build_id") or build.name)

    ending = LIST_ENDING if paper == "problems.xlsx" else LETTER_ENDING
    title = f"{agency.mark}{agency.name} {Path(ending).stem.strip('_')}"

    def write(path: Path) -> None:
        if paper == "problems.xlsx":
            about = about_sheet(agency, found, year=year, build_id=build_id)
            write_xlsx(path, title, [*problem_sheets(found, mark=agency.mark), about])
        else:
            write_docx(path, title, letter(agency, found, date=None, sender=None, build_id=build_id))

    parts = (SAMPLE if agency.is_sample else "", agency.name, agency.agency_id, str(year or ""))
    stem = file_name("_".join(part for part in parts if part))
    return sent(f"{stem}{ending}", _TYPES[paper], write)

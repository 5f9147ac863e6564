"""Command line: ``python -m ingest load | explain | status | check | problems | diff | audit | agencies``.

Exit codes: 0 done (set-aside and quarantined files included), 1 findings (``check --strict`` only), 2 a fault of the
pipeline, 3 usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from ingest import agencies, build_state, paths
from ingest.audit import Summary
from ingest.check import as_json, as_junit, for_people, open_findings
from ingest.explain import explained, source_path_of
from ingest.load import BATCH_SIZE, NothingToLoad, load
from ingest.offered import FolderError, opened
from ingest.pool import PoolError, read_bounded
from ingest.published import BuildError, published_build
from ingest.raw import RawError, is_interrupt
from ingest.readers import UnreadableFileError
from ingest.show import Reporter, console, plain
from ingest.status import status

DONE, FINDINGS, FAULT, USAGE, INTERRUPTED = 0, 1, 2, 3, 130
NOTES_SHOWN = 20


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Usage errors exit with 3; argparse's own 2 is a fault of the pipeline here."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _arguments() -> _Parser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--debug", action="store_true", help="show the traceback of a fault")
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--reports", type=Path, help="folder of reports (default: GONGKAI_REPORTS, or reports/)")
    folders.add_argument("--data", type=Path, help="folder the project writes to (default: GONGKAI_DATA, or data/)")
    parser = _Parser(prog="python -m ingest", description="Read disclosure reports into raw.duckdb.")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="load | explain | status | check | problems | diff | audit | agencies"
    )
    load_it = commands.add_parser("load", parents=[common, folders], help="read what is new or changed in the folder")
    load_it.add_argument(
        "--batch-size", type=_count, default=BATCH_SIZE, help="documents that commit together (%(default)s)"
    )
    load_it.add_argument("--jobs", type=_count, help="processes that read (default: one per core)")
    explain = commands.add_parser("explain", parents=[common, folders], help="show what is made of one file, and why")
    explain.add_argument("file", type=Path, help="any file, in the reports folder or elsewhere")
    commands.add_parser("status", parents=[common, folders], help="compare folder, raw.duckdb and published build")
    check = commands.add_parser(
        "check", parents=[common, folders], help="list what does not add up in the published build"
    )
    check.add_argument("--strict", action="store_true", help="exit with 1 where there is an open finding")
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as a JSON array")
    form.add_argument("--junit", action="store_true", help="as JUnit XML, for build servers")
    problems = commands.add_parser(
        "problems", parents=[common, folders], help="write problem lists and return letters (问题清单、退回函)"
    )
    problems.add_argument("--agency", help="only the agency with this name or id (default: all with open findings)")
    problems.add_argument("--year", type=_count, help="only reports of this year")
    problems.add_argument("--output", type=Path, help="folder to write to (default: DATA/problems)")
    problems.add_argument("--date", help="date to print on the letters, as it is to read (default: none)")
    problems.add_argument("--sender", help="who sends the letters (default: not printed)")
    diff = commands.add_parser(
        "diff", parents=[common, folders], help="show what the revisions of a report print differently"
    )
    diff.add_argument("report", help="its file, below the reports folder, or its report_id")
    diff.add_argument("--json", action="store_true", help="as a JSON array")
    audit = commands.add_parser(
        "audit", parents=[common, folders], help="work out every rule again from the published cells (复核)"
    )
    audit.add_argument("--output", type=Path, help="folder for the summary page (default: DATA/audit)")
    audit.add_argument("--batch-size", type=_count, default=5_000, help="reports judged together (%(default)s)")
    review = commands.add_parser(
        "agencies", parents=[common, folders], help="list the reports whose agency cannot be told (待认定机关)"
    )
    review.add_argument("--json", action="store_true", help="as a JSON array")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. No traceback reaches a user unless asked for with --debug."""
    arguments = _arguments().parse_args(argv)
    try:
        commands = {
            "load": _load,
            "explain": _explain,
            "status": _status,
            "check": _check,
            "problems": _problems,
            "diff": _diff,
            "audit": _audit,
            "agencies": _agencies,
        }
        return commands[arguments.command](arguments)
    except NothingToLoad as problem:
        return _said(problem, USAGE, arguments)
    except (BuildError, FolderError, PoolError, RawError) as problem:
        return _fault(problem, arguments)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:  # the reader of our output, such as head, has enough
        sys.stderr.close()
        return DONE
    except Exception as error:
        if is_interrupt(error):
            return _interrupted()
        text = f"{type(error).__name__}: {error}. This is a fault of the program; --debug shows where."
        return _fault(text, arguments)


def _fault(problem: object, arguments: argparse.Namespace) -> int:
    """A fault of ours: the command says it; readers of the dashboard are told that what they see is not the newest."""
    if arguments.command == "load":
        _note_failed_load(arguments)
    return _said(problem, FAULT, arguments)


def _note_failed_load(arguments: argparse.Namespace) -> None:
    with suppress(OSError):
        build_state.note(_data(arguments, paths.raw_db()).parent, "failed", ["python -m ingest load"])


def _interrupted() -> int:
    console(stderr=True).print("Interrupted. What was written stays; the next load goes on from there.")
    return INTERRUPTED


def _said(problem: object, code: int, arguments: argparse.Namespace) -> int:
    out = console(stderr=True)
    if arguments.debug and isinstance(sys.exception(), Exception):
        out.print_exception()
    out.print(f"ingest {arguments.command}: {plain(problem)}", style="red", soft_wrap=True)
    return code


def _data(arguments: argparse.Namespace, path: Path) -> Path:
    """A path of the data folder, in the folder named on the command line where one is."""
    return arguments.data.resolve() / path.name if arguments.data else path


def _reports(arguments: argparse.Namespace) -> Path:
    return arguments.reports.resolve() if arguments.reports else paths.reports_dir()


def _load(arguments: argparse.Namespace) -> int:
    with Reporter(console(stderr=True)) as progress:
        summary = load(
            _reports(arguments),
            _data(arguments, paths.raw_db()),
            batch_size=arguments.batch_size,
            jobs=arguments.jobs,
            progress=progress,
        )
    _print_summary(summary)
    if summary.failed:
        _note_failed_load(arguments)
    return FAULT if summary.failed else DONE


def _print_summary(summary: Summary) -> None:
    out = console()
    revised = f" ({summary.revised:,} as new revisions)" if summary.revised else ""
    counts = (
        f"read {summary.read:,}{revised}",
        f"skipped {summary.skipped:,} unchanged",
        f"set aside {summary.set_aside:,}",
        f"quarantined {summary.quarantined:,}",
        f"withdrawn {summary.withdrawn:,}",
        f"failed {summary.failed:,}",
    )
    parts = f" with {summary.parts:,} reports in files that hold several" if summary.parts else ""
    out.print(f"{summary.offered:,} files offered{parts}: {', '.join(counts)}")
    # What needs someone to act comes first, as the list is cut.
    order = ("failed", "quarantined", "set_aside", "withdrawn", "ignored")
    notes = sorted(summary.notes, key=lambda note: (order.index(note.kind), note.source_path))
    for note in notes[:NOTES_SHOWN]:
        out.print(plain(f"  {note.kind.replace('_', ' ')}: {note.source_path}: {note.text}"), soft_wrap=True)
    if len(notes) > NOTES_SHOWN:
        out.print(f"  … and {len(notes) - NOTES_SHOWN:,} more (raw.documents holds every reason)")


def _explain(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    out = console()
    try:
        documents = read_bounded(opened(path), source_path_of(path, _reports(arguments)))
    except OSError as error:
        return _said(f"{path} cannot be opened ({error.strerror}): name a file that can be read", USAGE, arguments)
    except UnreadableFileError as refusal:  # an archive, or a report in it, that is not looked into
        out.print(plain(f"{path} · set_aside · {refusal.code}: {refusal.reason}"), soft_wrap=True)
        return DONE
    for document in documents:
        for part in explained(document):
            out.print(part)
            out.print()
    return DONE


def _status(arguments: argparse.Namespace) -> int:
    out = console()
    for part in status(_reports(arguments), _data(arguments, paths.raw_db()), _data(arguments, paths.pointer())):
        out.print(part)
        out.print()
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    findings, lapsed = open_findings(_data(arguments, paths.pointer()))
    if arguments.json or arguments.junit:
        print((as_json if arguments.json else as_junit)(findings))
    else:
        out = console()
        for part in for_people(findings, lapsed):
            out.print(part, soft_wrap=True)
    return FINDINGS if findings and arguments.strict else DONE


def _problems(arguments: argparse.Namespace) -> int:
    # Office libraries and pandas: a second that no other command should take.
    from ingest.export import ExportError, output_folder  # noqa: PLC0415
    from ingest.letters import write_papers  # noqa: PLC0415
    from ingest.problems import Problems, UnknownAgencyError  # noqa: PLC0415

    pointer = _data(arguments, paths.pointer())
    out = console()
    try:
        with published_build(pointer) as con, Reporter(console(stderr=True), unit="agencies") as progress:
            folder = arguments.output or pointer.parent / "problems"
            problems = Problems(con)
            agencies = problems.agencies(arguments.agency, arguments.year)
            if not any(agency.open_findings for agency in agencies):
                out.print("No open finding: nothing to write.")
                return DONE
            folder = output_folder(folder, data=pointer.parent, reports=_reports(arguments))
            written, stale = write_papers(
                problems, agencies, folder,
                year=arguments.year, date=arguments.date, sender=arguments.sender, progress=progress,
            )  # fmt: skip
    except (ExportError, UnknownAgencyError) as problem:
        return _said(problem, USAGE, arguments)
    out.print(f"{len(written):,} files written to {paths.shown(folder)}", soft_wrap=True)
    if stale:
        out.print(f"{len(stale):,} files there are of an earlier run and say nothing of this build:")
        for path in stale[:NOTES_SHOWN]:
            out.print(plain(f"  {path.name}"), soft_wrap=True)
    return DONE


def _diff(arguments: argparse.Namespace) -> int:
    from ingest.revisions import UnknownReportError, as_dicts, differences, tables  # noqa: PLC0415 (pandas)

    path = Path(arguments.report)
    wanted = source_path_of(path, _reports(arguments)) if path.exists() else arguments.report
    try:
        with published_build(_data(arguments, paths.pointer())) as con:
            found = differences(con, wanted)
    except UnknownReportError as problem:
        return _said(problem, USAGE, arguments)
    if arguments.json:
        print(json.dumps(as_dicts(found), ensure_ascii=False, indent=2))
        return DONE
    out = console()
    for part in tables(found):
        out.print(part)
        out.print()
    return DONE


def _audit(arguments: argparse.Namespace) -> int:
    # Great Expectations and pandas: seconds that no other command should take.
    from ingest.checks.reconciliation import audit  # noqa: PLC0415
    from ingest.checks.summary import page  # noqa: PLC0415
    from ingest.export import ExportError, output_folder, write_text  # noqa: PLC0415

    pointer = _data(arguments, paths.pointer())
    try:
        folder = arguments.output or pointer.parent / "audit"
        folder = output_folder(folder, data=pointer.parent, reports=_reports(arguments))
        with published_build(pointer) as con, Reporter(console(stderr=True), unit="reports") as progress:
            outcome = audit(con, size=arguments.batch_size, progress=progress)
            (build_id,) = con.execute("select build_id from meta.build").fetchone()
            path = folder / f"audit-{build_id}.html"
            write_text(path, page(con, outcome))
    except ExportError as problem:
        return _said(problem, USAGE, arguments)
    out = console()
    for rule_id, counts in outcome.counts.items():
        out.print(f"{rule_id:<14} {', '.join(f'{counts[v]:,} {v}' for v in counts) or 'asked of no report'}")
    if outcome.not_covered:
        out.print(f"left to the engine: {', '.join(outcome.not_covered)}")
    out.print(f"{outcome.reports:,} reports; the page is {paths.shown(path)}", soft_wrap=True)
    if outcome.differing:
        said = f"{outcome.differing:,} verdicts are not the engine's: do not trust this build; the page names the first"
        return _said(said, FAULT, arguments)
    return DONE


def _agencies(arguments: argparse.Namespace) -> int:
    waiting = agencies.queue(_data(arguments, paths.pointer()))
    if arguments.json:
        print(agencies.as_json(waiting))
        return DONE
    out = console()
    for part in agencies.for_people(waiting):
        out.print(part, soft_wrap=True)
    return DONE


if __name__ == "__main__":
    sys.exit(main())

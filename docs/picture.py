"""``python -m docs.picture --data data/demo``: the picture of the dashboard in the README, taken anew.

The page is the overview of a build, such as the demo's, in Chinese and in light colours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.browser import chromium, profile_of, running, tab
from ingest.paths import REPO, data_dir

PICTURE = REPO / "docs" / "images" / "overview.png"
MAX_BYTES = 300_000


def main() -> int:
    """Take the picture; exit code 1 where it is too big for a README."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=data_dir() / "demo", help="a data folder with a published build")
    parser.add_argument("--page", default="", help="path and filters of the page, such as profile?agency=990100")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(asked.data, Path(folder) / "log") as server,
        chromium() as browser,
        profile_of(browser, width=1360, height=1020) as profile,
        tab(profile, server) as visit,
    ):
        visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        visit.open(f"/{asked.page}")
        visit.page.wait_for_timeout(2000)  # fonts and charts settle
        visit.page.screenshot(path=PICTURE)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(REPO)}: {size:,} bytes")
    return 1 if size > MAX_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())

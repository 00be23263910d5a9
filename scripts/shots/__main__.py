"""``scripts/screenshots``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from chromium import NoBrowserError

from benches.pages_server import serving
from shots.kinds import KINDS, MODES, SHEET_MODES
from shots.sheet import make_overview, make_sheet
from shots.take import chromium, take

ROOT = Path(__file__).resolve().parent.parent.parent


def main(words: Sequence[str]) -> int:
    """Takes them; 2 where there is no site, no browser or no such page."""
    given = _options(words)
    site_dir = ROOT / "site"
    there = {name: url for name, url in KINDS.items() if _is_there(site_dir, url)}
    wanted = {name: url for name, url in there.items() if not given.only or name in given.only}
    if not wanted:
        print(f"site/ 里没有要拍的页面；先运行 scripts/build。可选的名称：{'、'.join(KINDS)}", file=sys.stderr)
        return 2
    try:
        with serving(site_dir) as address, chromium() as browser:
            modes = [mode for mode in MODES if not given.modes or mode.name in given.modes]
            for _ in take(browser, address, wanted, modes, given.out):
                pass
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 2
    if not given.only and not set(SHEET_MODES) - {mode.name for mode in modes}:
        make_sheet(given.out, list(wanted), SHEET_MODES, given.sheet)
        make_overview(given.out, given.sheet.with_name("overview.webp"))
    return 0


def _is_there(site_dir: Path, url: str) -> bool:
    path = url.partition("?")[0]
    return (site_dir / path / "index.html" if not path.endswith(".html") else site_dir / path).is_file()


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description="Screenshots of every kind of page.")
    parser.add_argument("--only", nargs="+", choices=KINDS, metavar="NAME", help="some pages, and no sheet")
    names = [mode.name for mode in MODES]
    parser.add_argument("--modes", nargs="+", choices=names, metavar="MODE", help=f"some of {', '.join(names)}")
    parser.add_argument("--out", type=Path, default=ROOT / ".showcase" / "screenshots", metavar="DIR")
    parser.add_argument("--sheet", type=Path, default=ROOT / "docs" / "images" / "contact-sheet.webp", metavar="FILE")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Makes the pictures, videos, captions and documents of the sample cases from scripts/sample_media/*.yml.

    scripts/sample_media.py                 everything that is planned
    scripts/sample_media.py --only PATH     the files whose path begins with PATH, e.g. enshi-2023/some-case
    scripts/sample_media.py --check         draws nothing; cases, plans and files must name each other

Same Pillow, numpy and ffmpeg: same bytes. Needs the package's "dev" extra and, for Chinese, fonts-noto-cjk.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sample_drawing.canvas import FontMissingError
from sample_drawing.inventory import complaints
from sample_drawing.make import make
from sample_drawing.plan import PlanError, files_of, read_plans

ROOT = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    """Run with the command line's *words*; 0 when all is well, 1 when --check complains, 2 when nothing can be made."""
    parser = argparse.ArgumentParser(description="Make the media of the sample cases.")
    parser.add_argument("--only", default="", metavar="PATH", help="only files whose path under cases/ begins so")
    parser.add_argument("--check", action="store_true", help="compare cases, plans and files; draw nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "cases", metavar="DIR", help="write here instead of cases/")
    given = parser.parse_args(words)
    try:
        entries = read_plans(ROOT / "scripts" / "sample_media")
        if given.check:
            found = complaints(ROOT / "cases", entries)
            print("\n".join(found) or "cases, plans and files agree")
            return 1 if found else 0
        wanted = given.only.removeprefix("cases/")
        chosen = [entry for entry in entries if any(path.startswith(wanted) for path in files_of(entry))]
        for entry in chosen:
            for path in make(entry, given.out):
                print(f"{path.stat().st_size / 1024:9.0f} KB  {path.relative_to(given.out)}", flush=True)
    except (PlanError, FontMissingError) as error:
        print(error, file=sys.stderr)
        return 2
    if not chosen:
        print(f"no planned file begins with {wanted}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

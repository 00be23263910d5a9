"""``scripts/bench NAME``."""

from __future__ import annotations

import sys

from benches import checking, media, pages, publishing, rebuild, scaling


def main(arguments: list[str]) -> int:
    """Runs the bench that is named; without a name tells which there are."""
    match arguments:
        case ["rebuild"]:
            return rebuild.run()
        case ["check"]:
            return checking.run()
        case ["media", *options]:
            return media.run(options)
        case ["pages", *options]:
            return pages.run(options)
        case ["scale", *options]:
            return scaling.run(options)
        case ["publish", *options]:
            return publishing.run(options)
        case _:
            print("usage: scripts/bench rebuild, check, media, pages, scale or publish [--help]", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

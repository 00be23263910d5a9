"""``scripts/bench NAME``."""

from __future__ import annotations

import sys

from benches import rebuild

BENCHES = {"rebuild": rebuild.run}


def main(arguments: list[str]) -> int:
    """Runs the bench that is named; without a name tells which there are."""
    if len(arguments) != 1 or arguments[0] not in BENCHES:
        print(f"usage: scripts/bench NAME, one of: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    return BENCHES[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The Chinese font that comes with the build as a package, so that no machine needs one of its own."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path

from generator.media.opening import known_digest, remember_digest
from generator.store import Store, digest_of_file

_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSerifSC-Regular.otf"


@functools.cache
def font_file() -> Path:
    """Noto Serif SC, whose one weight serves for the title and for what stands around it."""
    return Path(str(resources.files(_PACKAGE) / _FILE))


def font_digest(store: Store) -> str:
    """The SHA-256 of the font, remembered: it is read once, not at each build."""
    path = font_file()
    known = known_digest(path, store)
    if known is None:
        known = digest_of_file(path)
        remember_digest(path, known, store)
    return known

"""Text made smaller beforehand, once, beside what it was made from: ``site.css.gz`` and ``site.css.br`` beside ``site.css``.

Of what bears its hash in its name and every visitor needs. A page, and the text of one case that excerpts are cut from, is asked
for by few, and nginx compresses it in half a millisecond; made beforehand it would travel to the server three times for each
edit, and every case would add files to what a publication lists.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import brotli

from generator.store import Store, key_of
from generator.webserver.headers import NAMED_BY_CONTENT, can_be_compressed

LEAST_BYTES = 1000
"""What is shorter fits into one packet as it is; nginx, too, leaves it alone."""

_OF_ONE_CASE = re.compile("search/x/")
_LEVEL = 9
_QUALITY = 11  # the best: some seconds once, for style sheets 15 % less than gzip


def _gzipped(text: bytes) -> bytes:
    return gzip.compress(text, _LEVEL, mtime=0)


def _brotlied(text: bytes) -> bytes:
    small: bytes = brotli.compress(text, mode=brotli.MODE_TEXT, quality=_QUALITY)
    return small


_WAYS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    ".gz": (_gzipped, f"zlib {zlib.ZLIB_RUNTIME_VERSION} level {_LEVEL}"),
    ".br": (_brotlied, f"brotli {version('brotli')} quality {_QUALITY}"),
}
"""What is done for each ending, and the maker with its settings."""


def compressed_files(files: Mapping[str, Path], store: Store) -> dict[str, Path]:
    """The compressed forms of *files* (path under the site → file of the store), to be placed with them.

    The same bytes from the same libraries on every day: no time and no name is written into them. Clause: issue 6, nginx.
    """
    found: dict[str, Path] = {}
    for name, source in files.items():
        is_for_all = re.match(NAMED_BY_CONTENT, name) and can_be_compressed(name) and not _OF_ONE_CASE.match(name)
        if is_for_all and source.stat().st_size >= LEAST_BYTES:
            found.update((f"{name}{ending}", path) for ending, path in _forms(source, store))
    return found


def _forms(source: Path, store: Store) -> Iterator[tuple[str, Path]]:
    """Each ending and its file. The name of *source* in the store is a hash of everything that shaped it."""
    for ending, (compress, maker) in _WAYS.items():
        key = key_of("compressed", source.name, maker)
        kept = store.find("compressed", key, ending)
        yield ending, kept or store.keep("compressed", key, compress(source.read_bytes()), ending)

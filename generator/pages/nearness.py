"""Which cases are near each other, remembered by all that it goes by: the text of a case is no part of that, and most edits are to texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from generator.catalog.places import Vocabulary
from generator.pages.groups import Entry
from generator.pages.related import Near, looks, nearest
from generator.store import Store, digest_of_sources, key_of

_ROOM = "near"
_SOURCES = ("related.py", "likeness.py")
_NEAR = msgspec.json.Decoder(dict[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]])


def remembered_nearest(store: Store, entries: Sequence[Entry], vocabulary: Vocabulary) -> Near:
    """`nearest` of *entries*, found once."""
    own = looks(entries, vocabulary)
    key = key_of("near", digest_of_sources(map(partial(Path.with_name, Path(__file__)), _SOURCES)), own)
    told = store.read(_ROOM, key, ".json")
    if told is not None:
        try:
            return _NEAR.decode(told)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
    near = nearest(own)
    try:
        store.keep(_ROOM, key, msgspec.json.encode(near), ".json")
    except UnicodeEncodeError:
        return near  # half a character in a keyword: found anew each time
    return near

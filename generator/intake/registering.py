"""Files for a case: what each is, the name that it gets, and how the front matter says that it is there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import splitext
from typing import Literal

from generator.catalog.facts import FileKind
from generator.catalog.places import Vocabulary
from generator.intake.insertion import scalar
from generator.intake.slugs import free, slug_of

ALT_TO_FILL = "待填：画面里有什么，说给看不见的人听"
"""Stands as a comment behind an empty `alt`, which `showcase check` refuses."""

KIND_TO_FILL = "待填：kind，照 cases/vocabulary.yml 的 attachment_kinds"

_FOLDERS: Mapping[FileKind, Literal["media", "attachments"]] = {
    "picture": "media", "video": "media", "caption": "media", "document": "attachments",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file with its place in the case folder."""

    name: str  # as it was sent
    kind: FileKind
    path: str  # media/x.jpg
    is_there: bool = False  # the same bytes lie there already


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item for a list of the front matter."""

    key: Literal["pictures", "videos", "attachments"]
    path: str
    item: str
    comment: str = ""


def place(name: str, kind: FileKind, sha256: str, present: Mapping[str, str]) -> Placed | None:
    """Where a file goes: a lower-case ASCII name that is free, or that of the same bytes; None for what no case can use.

    *present* are the hashes of the files that lie in the case folder, by path.
    """
    folder = _FOLDERS.get(kind)
    if folder is None:
        return None
    same = next((path for path, digest in present.items() if digest == sha256 and path.startswith(f"{folder}/")), None)
    if same:
        return Placed(name=name, kind=kind, path=same, is_there=True)
    suffix = splitext(name)[1].lower()
    stem = slug_of(splitext(name)[0]) or kind
    taken = {path.rpartition(".")[0] for path in present}
    # A caption lies beside its video under one name; nothing else shares a stem, or previews would be mixed up.
    stems = {stem for stem in taken if kind != "caption" or f"{stem}{suffix}" in present}
    return Placed(name=name, kind=kind, path=f"{free(f'{folder}/{stem}', stems)}{suffix}")


def entries_of(
    files: Sequence[Placed], named: frozenset[str], alts: Mapping[str, str], kind: str | None
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """What to add to the front matter for *files*, and captions that belong to no video among them.

    *named* are paths that it names already; *alts* are the words for pictures, by the name as sent.
    """
    captions = {splitext(file.name)[0]: file.path for file in files if file.kind == "caption"}
    used: set[str] = set()
    entries: list[Entry] = []
    for file in files:
        if file.path in named or file.kind == "caption":
            continue
        title = scalar(splitext(file.name)[0])
        if file.kind == "picture":
            alt = alts.get(file.name, "")
            item = f"{{file: {file.path}, alt: {scalar(alt) if alt else json.dumps('')}}}"
            entries.append(Entry(key="pictures", path=file.path, item=item, comment="" if alt else ALT_TO_FILL))
        elif file.kind == "video":
            caption = captions.get(splitext(file.name)[0])
            used.update([caption] if caption else [])
            with_caption = f", captions: {caption}" if caption else ""
            entries.append(
                Entry(key="videos", path=file.path, item=f"{{file: {file.path}, title: {title}{with_caption}}}")
            )
        else:
            item = f"{{file: {file.path}, title: {title}, kind: {scalar(kind) if kind else json.dumps('')}}}"
            entries.append(Entry(key="attachments", path=file.path, item=item, comment="" if kind else KIND_TO_FILL))
    return tuple(entries), tuple(path for path in captions.values() if path not in used | named)


def kind_named(text: str, vocabulary: Vocabulary) -> str | None:
    """The kind of supporting document that *text* means, or None."""
    return next((kind.name for kind in vocabulary.attachment_kinds if text in (kind.name, *kind.aliases)), None)

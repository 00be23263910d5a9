"""Facts of submitted files, told by their content; whatever a file holds, it is described and never raised."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from generator.catalog.facts import Facts, FileKind, Refusal
from generator.errors import reason_of
from generator.media.content import HEAD_BYTES, PICTURES, VIDEOS, Content, content_of, kind_of
from generator.media.folders import Folder, folders_of
from generator.media.opening import (
    DIGESTS,
    digest_name,
    digest_of,
    is_openable,
    is_unchanged,
    known_digest,
    opened,
    remember_digest,
    state_of,
)
from generator.media.recipe import CaptionRecipe
from generator.media.refusals import UnusableError, refusal
from generator.media.tools import probe_tool
from generator.store import Store, key_of, recalling

if TYPE_CHECKING:
    from generator.media.workers import Progress

ROOM = "facts"
_FACTS = msgspec.json.Decoder(Facts)
_CPU_S = 120
_NAMED = {"eps": "EPS", "svg": "SVG", "html": "HTML", "xml": "XML", "text": "文本 (text)", "zip": "ZIP"}
_OTHER_PICTURES = {"bmp": "BMP", "tiff": "TIFF"}
_PASSING = frozenset({"limit", "missing", "not-regular", "changed", "tool-failed"})


def probe_file(path: Path, relative: str) -> Facts:
    """The facts of one file. *relative* is its path in the case folder, and no link is followed below that folder.

    Content is never raised: what cannot be used comes back with a `Refusal`. A file that is no regular
    file, or is missing, has no bytes and no hash.

    Raises:
        ToolError: a child process could not be started.
    """
    suffix = PurePosixPath(relative).suffix
    try:
        with opened(path, relative) as file:
            sha256 = digest_of(file)
            return _facts_of(file, path, relative, sha256)
    except UnusableError as error:
        return _refused(relative, kind_of("unknown", suffix), error.refusal)
    except OSError as error:
        return _refused(relative, kind_of("unknown", suffix), refusal("unreadable", reason_of(error)))


def _refused(relative: str, kind: FileKind, why: Refusal) -> Facts:
    return Facts(path=relative, kind=kind, bytes=0, sha256="", refusal=why)


def _facts_of(file: BinaryIO, path: Path, relative: str, sha256: str) -> Facts:
    from generator.media.children import (
        sandbox,
    )  # only where a file is unknown: it comes with all that starts processes

    suffix = PurePosixPath(relative).suffix
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    content = content_of(file.read(HEAD_BYTES))
    file.seek(0)
    facts = Facts(path=relative, kind=kind_of(content, suffix), bytes=size_bytes, sha256=sha256)
    try:
        with sandbox.cpu_budget(_CPU_S):
            return _looked_over(_described(facts, file, path, content), file, path)
    except UnusableError as error:
        return dataclasses.replace(facts, refusal=error.refusal)
    except (MemoryError, RecursionError) as error:
        return dataclasses.replace(facts, refusal=refusal("limit", type(error).__name__))


def _described(facts: Facts, file: BinaryIO, path: Path, content: Content) -> Facts:
    """What the file is; the libraries of a kind are loaded by the first file of that kind, and by no known one."""
    if content in PICTURES:
        from generator.media.pictures import images
        from generator.media.picturewords import picture_words

        _refuse_above(facts.bytes, images.FILE_BYTES)
        picture = images.picture_facts(file)
        file.seek(0)
        return dataclasses.replace(facts, picture=dataclasses.replace(picture, words=picture_words(file)))
    if content in VIDEOS:
        from generator.media.video import look as videos

        _refuse_above(facts.bytes, videos.FILE_BYTES)
        return dataclasses.replace(facts, video=videos.look_at(path, file, content, to_the_end=True).facts)
    if content in ("pdf", "zip", "ole"):
        from generator.media.documents import document as documents

        _refuse_above(facts.bytes, documents.FILE_BYTES)
        document = documents.document_facts(path, file, content)
        if content == "ole":
            raise UnusableError("legacy-office")  # it could not be cleaned; said now, not after the merge
        return dataclasses.replace(facts, kind="document", document=document)
    if content == "text" and _is_caption(facts, file):
        from generator.media import captions

        found = captions.caption_facts(file, CaptionRecipe())
        return dataclasses.replace(facts, kind="caption", caption=found)
    raise _why_not(content, facts.kind)


def _looked_over(facts: Facts, file: BinaryIO, path: Path) -> Facts:
    """The facts, with what a look for a seal says of scanned papers."""
    if not may_be_paper(facts.path):
        return facts
    from generator.media.seals import sight

    if facts.picture:
        return dataclasses.replace(facts, seal=sight.seal_in_picture(file))
    if facts.document and facts.document.format == "pdf":
        return dataclasses.replace(facts, seal=sight.seal_in_pdf(path))
    return facts


def _refuse_above(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise UnusableError("too-large", f"{limit_bytes // (1024 * 1024)} MB")


def _is_caption(facts: Facts, file: BinaryIO) -> bool:
    from generator.media import captions

    if facts.kind == "caption":
        _refuse_above(facts.bytes, captions.FILE_BYTES)
        return True
    is_one = facts.bytes <= captions.FILE_BYTES and captions.looks_like_captions(file.read())
    file.seek(0)
    return is_one


def _why_not(content: Content, kind: FileKind) -> UnusableError:
    if content in ("empty", "lfs-pointer", "playlist"):
        return UnusableError(content)
    if content in _OTHER_PICTURES:
        return UnusableError("unsupported", _OTHER_PICTURES[content])
    if kind == "other":
        return UnusableError("unsupported", _NAMED.get(content, "?"))
    return UnusableError("wrong-content", _NAMED[content]) if content in _NAMED else UnusableError("unreadable", "?")


def may_be_paper(relative: str) -> bool:
    """Whether a file of a case folder, by its path, may be a scanned paper: supporting documents, not photographs."""
    return relative.startswith("attachments/")


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    relative: str
    store: Store


def probe_all(
    files: Sequence[tuple[Path, str]], store: Store, *, workers: int, on_progress: Progress | None = None
) -> dict[str, Facts]:
    """The facts of many files, each with its path in its case folder; keyed by ``str(path)``, in the order given.

    Facts are remembered by content and by the version of the probe, so a known file is not opened again.
    A file that ends its reader is refused, and costs no other file. With 0 workers the work is done here.

    Raises:
        ToolError: a child process could not be started.
    """
    found: dict[str, Facts | None] = {str(path): None for path, _ in files}
    unknown: list[_Task] = []
    unlike: list[Folder] = []  # of which not all is known yet
    with recalling():
        for folder in folders_of(files, probe_tool(store)):
            known = folder.recall(store) or _looked_up(folder, store)
            for (path, relative), facts in zip(folder.files, known, strict=True):
                found[str(path)] = facts
                if facts is None:
                    unknown.append(_Task(path, relative, store))
            if None in known:
                unlike.append(folder)
    done = len(files) - len(unknown)
    for task, facts in _found_out(unknown, store, workers):
        found[str(task.path)] = facts
        done += 1
        if on_progress:
            on_progress(done, len(files))
    for folder in unlike:
        for again in folders_of(folder.files, probe_tool(store)):
            _looked_up(again, store)  # so that the next run finds it together
    return {name: facts for name, facts in found.items() if facts is not None}


def _found_out(tasks: list[_Task], store: Store, workers: int) -> Iterator[tuple[_Task, Facts]]:
    if not tasks:
        return
    from generator.media.workers import each_done, reach_of  # only here: a warm run starts no process

    # The way to a file is walked down from its case folder, which a worker must be able to open, too.
    reach = reach_of((_first_step(task) for task in tasks), store.root)
    for end in each_done(_probed, tasks, workers=workers, reach=reach):
        yield end.item, end.result or _reader_ended(end.item)


def _looked_up(folder: Folder, store: Store) -> list[Facts | None]:
    """The facts of each file as far as they are known; where all are, they are remembered together."""
    found: list[Facts | None] = []
    names: list[tuple[str, str]] = []
    for (path, relative), state in zip(folder.files, folder.states, strict=True):
        sha256 = known_digest(path, store)
        facts = _recalled(relative, sha256, store) if sha256 and is_openable(path, relative) else None
        found.append(facts)
        if sha256 and state:
            names += [(DIGESTS, digest_name(path, state)), (ROOM, f"{_key(sha256, relative, store)}.json")]
    known = [facts for facts in found if facts]
    if len(known) == len(found):
        folder.remember(known, names, store)
    return found


def _first_step(task: _Task) -> Path:
    steps = len(PurePosixPath(task.relative).parts)
    return task.path if steps < 2 else task.path.parents[steps - 2]


def _probed(task: _Task) -> Facts:
    """One file's facts, recalled by its hash or found out; runs in a worker. Of a file that changed meanwhile, none."""
    try:
        with opened(task.path, task.relative) as file:
            before = state_of(file)
            sha256 = digest_of(file)
            facts = _recalled(task.relative, sha256, task.store)
            facts = facts or _facts_of(file, task.path, task.relative, sha256)
            if not is_unchanged(task.path, file, before, sha256):
                return _refused(task.relative, facts.kind, refusal("changed"))
    except (UnusableError, OSError):
        return probe_file(task.path, task.relative)
    if not is_passing(facts):
        task.store.keep(ROOM, _key(sha256, task.relative, task.store), _told(facts), ".json")
        remember_digest(task.path, sha256, task.store, before)
    return facts


def is_passing(facts: Facts) -> bool:
    """Whether they tell of one moment, not of the file: it was just being written, a tool failed. Nothing may rest on them."""
    return facts.refusal is not None and facts.refusal.reason in _PASSING


def _told(facts: Facts) -> bytes:
    # Words of a document may hold half a character, which no UTF-8 has.
    return json.dumps(dataclasses.asdict(facts), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _key(sha256: str, relative: str, store: Store) -> str:
    # The suffix says what kind a file was meant to be where its content is nothing usable; only papers are looked over.
    return key_of(sha256, PurePosixPath(relative).suffix.lower(), may_be_paper(relative), probe_tool(store))


def _recalled(relative: str, sha256: str, store: Store) -> Facts | None:
    told = store.read(ROOM, _key(sha256, relative, store), ".json")
    if told is None:
        return None
    try:
        facts = _FACTS.decode(told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return facts if facts.path == relative else dataclasses.replace(facts, path=relative)


def _reader_ended(task: _Task) -> Facts:
    suffix = PurePosixPath(task.relative).suffix
    why = refusal("limit", "the reader was ended")
    try:
        with opened(task.path, task.relative) as file:
            sha256 = digest_of(file)
            size_bytes = file.seek(0, io.SEEK_END)
            file.seek(0)
            kind = kind_of(content_of(file.read(HEAD_BYTES)), suffix)
    except (UnusableError, OSError):
        return _refused(task.relative, kind_of("unknown", suffix), why)
    return Facts(path=task.relative, kind=kind, bytes=size_bytes, sha256=sha256, refusal=why)

"""Folders → Catalog: the only room that walks cases/. It opens texts, never media, and follows no link."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from generator.catalog.body import Body, read_body
from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.document import Document, read_data, read_document
from generator.catalog.inheritance import resolve
from generator.catalog.marks import Mark, Problem
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.submission import Call, Catalog, DataFile, FileEntry, ShapeFault, Submission
from generator.errors import ShowcaseError

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of an index.md, campaign.yml or notice.md; the longest allowed case is some 20 kB."""

MOST_FILES = 200
"""Files of one case folder that are looked at."""


def _names_in(annotation: Any) -> Iterator[str]:
    """The fields of every model inside *annotation*, as files write them."""
    if get_origin(annotation) is None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield field.alias or name
            yield from _names_in(field.annotation)
    for inner in get_args(annotation):
        yield from _names_in(inner)


_CASE_KEYS = frozenset(_names_in(Case))
_Model = TypeVar("_Model", bound=BaseModel)


class CatalogError(ShowcaseError):
    """cases/ cannot be read at all."""

    exit_code = 2


@dataclasses.dataclass(frozen=True, slots=True)
class CaseFolder:
    """A folder that may hold a case, not read yet."""

    campaign_id: str
    path: Path


def read_catalog(cases_dir: Path) -> Catalog:
    """Everything under *cases_dir*, in the order of its paths; what is wrong inside is a fault or a problem of its file.

    Raises:
        CatalogError: the folder, regions.yml or vocabulary.yml is missing or unusable, or the folder is a link;
            nothing can be said of any case then.
    """
    frame, folders = read_frame(cases_dir)
    return dataclasses.replace(frame, submissions=tuple(read_case(folder, cases_dir) for folder in folders))


def read_frame(cases_dir: Path) -> tuple[Catalog, tuple[CaseFolder, ...]]:
    """The catalogue without its cases, and the folders of those, in the order of their paths.

    Raises:
        CatalogError: as with `read_catalog`.
    """
    if cases_dir.is_symlink():
        # A commit can make a link of it, and then all that it leads to would be read and perhaps shown.
        raise CatalogError(
            f"案例目录 {cases_dir} 是一个链接，指向 {cases_dir.readlink()}，没有读取；请换成真正的目录"
            f"（git log -- {cases_dir.name} 看是哪一次提交改的），案例在别处就在 mkdocs.yml 的 cases_dir 里写明"
        )
    if not cases_dir.is_dir():
        raise CatalogError(f"找不到案例目录 {cases_dir}：请在项目根目录运行，或在 mkdocs.yml 中设置 cases_dir")
    regions, regions_file = _shared_data(cases_dir / "regions.yml", Regions)
    vocabulary, vocabulary_file = _shared_data(cases_dir / "vocabulary.yml", Vocabulary)
    calls: list[Call] = []
    folders: list[CaseFolder] = []
    strays: list[FileEntry] = []
    for entry in _sorted(cases_dir):
        if entry.is_dir(follow_symlinks=False):
            call = _read_call(Path(entry.path), cases_dir)
            calls.append(call)
            for inner in _sorted(Path(entry.path)):
                if inner.is_dir(follow_symlinks=False):
                    folders.append(CaseFolder(call.id, Path(inner.path)))
                elif inner.name not in ("campaign.yml", "notice.md"):
                    strays.append(_entry(Path(inner.path), cases_dir.parent))
        elif entry.name not in ("regions.yml", "vocabulary.yml", "README.md"):
            strays.append(_entry(Path(entry.path), cases_dir.parent))
    frame = Catalog(
        calls=_resolved(calls),
        submissions=(),
        regions=regions,
        vocabulary=vocabulary,
        data_files=(regions_file, vocabulary_file),
        strays=tuple(strays),
    )
    return frame, tuple(folders)


def _sorted(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except PermissionError:
        return []  # its text, which cannot be read either, carries the diagnostic


def _entry(path: Path, base: Path) -> FileEntry:
    status = path.lstat()
    return FileEntry(path=below(path, base), bytes=status.st_size, is_regular=stat.S_ISREG(status.st_mode))


def below(path: Path, base: Path) -> str:
    """*path* below *base* as text; bytes that are no UTF-8 become escapes, which no file can be opened by.

    Archives from Windows bring names in GBK, and with those no report and no page could be written.
    """
    return os.fsencode(path.relative_to(base)).decode("utf-8", "backslashreplace")


def bytes_of(path: Path) -> bytes | Document:
    """The bytes of a text file, or a document that says why there are none. No link is followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        kind = "missing" if isinstance(error, FileNotFoundError) else "not-regular"
        return Document(problems=(Problem(kind=kind, mark=Mark(1, 1), facts=(("file", path.name),)),))
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):  # a folder cannot even be made a file object
        os.close(descriptor)
        return Document(problems=(Problem(kind="not-regular", mark=Mark(1, 1), facts=(("file", path.name),)),))
    with open(descriptor, "rb") as file:
        if status.st_size > LARGEST_TEXT:
            facts = (("size", str(status.st_size)),)
            return Document(problems=(Problem(kind="file-too-large", mark=Mark(1, 1), facts=facts),))
        return file.read()


def _shaped(model: type[_Model], document: Document) -> tuple[_Model | None, tuple[ShapeFault, ...]]:
    if not document.is_readable:
        return None, ()
    try:
        return model.model_validate(document.front), ()
    except ValidationError as error:
        return None, tuple(
            ShapeFault(loc=tuple(row["loc"]), kind=row["type"], said=row["msg"], given=_short(row.get("input")))
            for row in error.errors(include_url=False, include_context=False)
        )


def _short(given: Any) -> Any:
    return given if isinstance(given, int | float | bool | None) else str(given)[:80]


def _shared_data(path: Path, model: type[_Model]) -> tuple[_Model, DataFile]:
    found = bytes_of(path)
    document = found if isinstance(found, Document) else read_data(found)
    value, faults = _shaped(model, document)
    if value is None:
        why = "; ".join(
            [f"{problem.mark.line}:{problem.mark.column} {problem.kind}" for problem in document.problems]
            + [f"{document.mark(fault.loc).line} {fault.loc}: {fault.said}" for fault in faults]
        )
        raise CatalogError(f"{path} 无法使用：{why}")
    return value, DataFile(file=path.relative_to(path.parent.parent).as_posix(), document=document)


def _read_call(folder: Path, cases_dir: Path) -> Call:
    path = folder / "campaign.yml"
    found = bytes_of(path)
    document = found if isinstance(found, Document) else read_data(found)
    own, faults = _shaped(Campaign, document)
    if own and own.id != folder.name:
        faults = (ShapeFault(loc=("id",), kind="id_is_not_folder", said=f"folder {folder.name}", given=own.id),)
        own = None
    notice = bytes_of(folder / "notice.md")
    return Call(
        id=below(folder, cases_dir),
        file=below(path, cases_dir.parent),
        document=document,
        campaign=own,
        own=own,
        faults=faults,
        notice="" if isinstance(notice, Document) else notice.decode("utf-8", "replace"),
        notice_file=below(folder / "notice.md", cases_dir.parent),
    )


def _resolved(calls: list[Call]) -> tuple[Call, ...]:
    full = resolve({call.id: call.own for call in calls if call.own})
    return tuple(dataclasses.replace(call, campaign=full.get(call.id)) for call in calls)


def read_case(folder: CaseFolder, cases_dir: Path) -> Submission:
    """A case folder as read; whatever it holds, nothing is raised."""
    return case_of(folder, cases_dir, document_in(folder))


def case_of(folder: CaseFolder, cases_dir: Path, document: Document, body: Body | None = None) -> Submission:
    """A case folder whose text is *document*, and that one's *body*, where it was read already."""
    case, faults = _shaped(Case, document)
    return Submission(
        campaign_id=folder.campaign_id,
        slug=below(folder.path, folder.path.parent),
        file=below(folder.path / "index.md", cases_dir.parent),
        document=document,
        case=case,
        faults=faults,
        body=read_body(document.body) if body is None else body,
        files=tuple(_files(folder.path, folder.path)),
    )


def document_in(folder: CaseFolder) -> Document:
    """The text of a case as read, without a look at anything else of it."""
    return document_of(bytes_of(folder.path / "index.md"))


def document_of(found: bytes | Document, front: Mapping[str, Any] | None = None) -> Document:
    """The text of a case, whose bytes were *found*, or why there are none; *front* are its values, where they were read already."""
    return found if isinstance(found, Document) else read_document(found, _CASE_KEYS, front=front)


def _files(folder: Path, base: Path, depth: int = 0) -> Iterator[FileEntry]:
    seen = 0
    for entry in _sorted(folder):
        if entry.is_dir(follow_symlinks=False) and depth < 3:
            yield from _files(Path(entry.path), base, depth + 1)
        elif (depth or entry.name != "index.md") and seen < MOST_FILES:
            seen += 1
            yield _entry(Path(entry.path), base)

"""Files that somebody sent → a case folder: read in a confined worker, written at once or not at all."""

from __future__ import annotations

import dataclasses
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.catalog.submission import Catalog
from generator.errors import ShowcaseError
from generator.intake.beside import OLD, placed
from generator.intake.casefile import CaseText, case_text
from generator.intake.docx import WordTask, read_word
from generator.intake.draft import Draft, Private, drafted
from generator.intake.loss import Imported, imported
from generator.intake.pictures import ROOM
from generator.intake.slugs import free, slug_of
from generator.intake.words import Block, Cell, Shown, Table, WordFile
from generator.media.refusals import UnusableError
from generator.media.workers import each_done, reach_of
from generator.store import Store

_ARCHIVE_FILES = 500
_ARCHIVE_BYTES = 4 * 1024**3
_COPY = 1024 * 1024


class IntakeError(ShowcaseError):
    """Nothing could be imported; nothing was written."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Read:
    file: WordFile | None
    why_not: str = ""


def import_case(
    files: Sequence[Path],
    campaign_id: str,
    catalog: Catalog,
    cases_dir: Path,
    store: Store,
    *,
    workers: int,
    private_dir: Path | None = None,
    slug: str | None = None,
    category: str | None = None,
) -> Imported:
    """Write one case of *files*: Word files, and folders or .zip files with all that belongs to it.

    Of a single Word file, the files in its folder that have no other Word file come along. Private answers go to
    *private_dir*, which must lie outside the repository, or nowhere.

    Raises:
        IntakeError: there is no such call, no Word file that can be read, or the folder is there already.
    """
    call = next((one for one in catalog.calls if one.id == campaign_id and one.campaign), None)
    if call is None or call.campaign is None:
        known = "、".join(one.id for one in catalog.calls)
        raise IntakeError(f"没有活动 {campaign_id}；现有的是：{known}")
    if private_dir and _is_below(private_dir, cases_dir.parent):
        raise IntakeError(f"{private_dir} 在仓库里面，不公开的信息不能放在那里；请换一个仓库外的目录")
    with _gathered(files) as found:
        words, others = _parted(found)
        read = _read_all(words, store, workers)
        draft = drafted([one.file for one in read if one.file], call.campaign)
        homes, left = placed([name for name, _ in others], catalog.vocabulary)
        text = case_text(
            draft, call.campaign, catalog.regions, catalog.vocabulary,
            beside=[one for _, one in homes], category=category,
        )  # fmt: skip
        folder = cases_dir / campaign_id / (slug or _folder(text, draft, cases_dir / campaign_id))
        by_name = dict(others)
        _write(folder, text.text, read, store, {one.path: by_name[name] for name, one in homes})
    private_file = _keep_private(text.private, private_dir, campaign_id, folder.name) if private_dir else None
    return imported(
        folder, draft, text, [one.file for one in read if one.file], left=left, beside=[one.path for _, one in homes],
        private_file=private_file,
    )  # fmt: skip


def _is_below(folder: Path, above: Path) -> bool:
    return folder.resolve().is_relative_to(above.resolve())


def _folder(text: CaseText, draft: Draft, campaign_dir: Path) -> str:
    taken = [one.name for one in campaign_dir.iterdir()] if campaign_dir.is_dir() else []
    words = (text.region, slug_of(draft.title, most_words=6))
    return free("-".join(word for word in words if word) or "case", taken)


@contextmanager
def _gathered(files: Sequence[Path]) -> Iterator[list[tuple[str, Path]]]:
    """Every file by the name that it came under; archives unpacked for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="showcase-import-") as scratch:
        found: list[tuple[str, Path]] = []
        for at, path in enumerate(files):
            if path.is_dir():
                found += [(one.relative_to(path).as_posix(), one) for one in sorted(path.rglob("*")) if _is_file(one)]
            elif path.suffix.lower() == ".zip":
                found += _unpacked(path, Path(scratch) / str(at))
            elif _is_file(path):
                found.append((path.name, path))
            else:
                raise IntakeError(f"没有这个文件：{path}")
        if len(files) == 1 and files[0].suffix.lower() == ".docx":
            found += _in_its_folder(files[0])
        yield [(name, path) for name, path in found if not PurePosixPath(name).name.startswith((".", "~$"))]


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _in_its_folder(file: Path) -> list[tuple[str, Path]]:
    """What lies beside a Word file, if that is the only one there: else nobody knows which it belongs to."""
    others = [one for one in sorted(file.absolute().parent.iterdir()) if _is_file(one) and one.name != file.name]
    is_only = not any(one.suffix.lower() == ".docx" and not one.name.startswith("~$") for one in others)
    return [(one.name, one) for one in others] if is_only else []


def _unpacked(archive: Path, folder: Path) -> list[tuple[str, Path]]:
    """The files of a .zip under *folder*, each under a number of ours: no name of theirs leads anywhere."""
    found = []
    try:
        with zipfile.ZipFile(archive, metadata_encoding="gbk") as package:
            entries = [one for one in package.infolist() if not one.is_dir()]
            if len(entries) > _ARCHIVE_FILES or sum(one.file_size for one in entries) > _ARCHIVE_BYTES:
                raise IntakeError(f"{archive.name} 太大：最多 {_ARCHIVE_FILES} 个文件、{_ARCHIVE_BYTES // 1024**3} GB")
            folder.mkdir(parents=True)
            for number, entry in enumerate(entries):
                if entry.flag_bits & 0x1:
                    raise IntakeError(f"{archive.name} 加了密码：请解压以后再导入")
                place = folder / f"{number}{PurePosixPath(entry.filename).suffix.lower()[:8]}"
                _copy_out(package, entry, place)
                found.append((entry.filename, place))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise IntakeError(f"{archive.name} 打不开：压缩包不完整，请重新压缩") from error
    return found


def _copy_out(package: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> None:
    left = entry.file_size
    with package.open(entry) as source, place.open("wb") as target:
        while chunk := source.read(_COPY):
            left -= len(chunk)
            if left < 0:
                raise IntakeError(f"{entry.filename} 比压缩包里写的大，没有导入")
            target.write(chunk)


def _parted(found: Sequence[tuple[str, Path]]) -> tuple[list[tuple[str, Path]], list[tuple[str, Path]]]:
    """The Word files that are the case, and everything else.

    In a folder of its own (附件, 支撑材料) a Word file is a supporting paper, where another stands above it.
    """
    words = [(name, path) for name, path in found if PurePosixPath(name).suffix.lower() == ".docx"]
    least = min((name.count("/") for name, _ in words), default=0)
    main = [(name, path) for name, path in words if name.count("/") == least]
    if not main:
        old = [name for name, _ in found if PurePosixPath(name).suffix.lower() in OLD]
        if old:
            raise IntakeError(f"{old[0]}：不能导入旧格式，请用 Word 或 WPS 打开，另存为 .docx，再导入")
        raise IntakeError("没有找到 .docx 文件；案例正文要用 Word 的 .docx 格式")
    names = {name for name, _ in main}
    return main, [(name, path) for name, path in found if name not in names]


def _read_all(words: Sequence[tuple[str, Path]], store: Store, workers: int) -> list[_Read]:
    """Every Word file, the one with the longest text last: forms come before the text that they introduce.

    Raises:
        IntakeError: one of them cannot be read.
    """
    tasks = [WordTask(path.absolute(), store) for _, path in words]
    names = {task.path: name for task, (name, _) in zip(tasks, words, strict=True)}
    read: list[_Read] = []
    for end in each_done(
        _read, tasks, workers=min(workers, 1), reach=reach_of((task.path for task in tasks), store.root)
    ):
        if end.result is None or end.result.file is None:
            why = end.result.why_not if end.result else "读它的进程被中止了，文件可能有问题"
            raise IntakeError(f"{names[end.item.path]}：{why}")
        read.append(end.result)
    read.sort(key=lambda one: one.file.counted.characters if one.file else 0)
    return [_numbered(one, at) for at, one in enumerate(read)]


def _read(task: WordTask) -> _Read:
    try:
        return _Read(read_word(task))
    except UnusableError as error:
        return _Read(None, error.refusal.zh)


def _numbered(read: _Read, at: int) -> _Read:
    """Pictures of the second file and those after it have names of their own."""
    if at == 0 or read.file is None:
        return read
    file = read.file

    def name(old: str) -> str:
        return old.replace("picture-", f"picture-{at + 1}-", 1)

    def block(one: Block) -> Block:
        if isinstance(one, Shown):
            return dataclasses.replace(one, name=name(one.name))
        if isinstance(one, Table):
            return Table(
                grid=tuple(
                    tuple(
                        cell and Cell(blocks=tuple(map(block, cell.blocks)), rows=cell.rows, columns=cell.columns)
                        for cell in row
                    )
                    for row in one.grid
                )
            )
        return one

    return _Read(
        dataclasses.replace(
            file,
            blocks=tuple(map(block, file.blocks)),
            pictures=tuple(dataclasses.replace(one, name=name(one.name)) for one in file.pictures),
        )
    )


def _write(folder: Path, text: str, read: Sequence[_Read], store: Store, others: dict[str, Path]) -> None:
    """The folder, complete, by one rename.

    Raises:
        IntakeError: it is there already.
    """
    if folder.exists():
        raise IntakeError(f"{folder} 已经有了；要重新导入，请先移走它，或用 --slug 换一个名字")
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        (fresh / "media").mkdir(parents=True)
        (fresh / "index.md").write_text(text, "utf-8")
        for one in read:
            for picture in one.file.pictures if one.file else ():
                source = store.find(ROOM, picture.key, picture.suffix)
                if source and f"media/{picture.name}" in text:
                    shutil.copyfile(source, fresh / "media" / picture.name)
        for path, source in others.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, fresh / path)
        if not any((fresh / "media").iterdir()):
            (fresh / "media").rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _keep_private(private: Sequence[Private], folder: Path, campaign: str, slug: str) -> Path | None:
    """What stays with the office, in a file that only its owner reads."""
    if not private:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{campaign}--{slug}.txt"
    lines = [f"{campaign}/{slug}：不公开的信息，只供主办单位使用，不要放进仓库", ""]
    for one in private:
        lines += [f"【{one.form}】{one.label}：{one.text}" if one.label else f"【{one.form}】{one.text}"]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    return file

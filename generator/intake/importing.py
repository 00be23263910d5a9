"""Files that somebody sent → a case folder: read in a confined worker, written at once or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.submission import Catalog
from generator.intake.beside import PICTURES, placed
from generator.intake.casefile import CaseText, case_text
from generator.intake.docx import WordTask, read_word
from generator.intake.draft import Draft, drafted
from generator.intake.gathering import IntakeError, gathered, parted
from generator.intake.loss import Imported, imported
from generator.intake.pictures import ROOM
from generator.intake.slugs import free, slug_of
from generator.intake.sorter import Private
from generator.intake.unfilled import to_fill
from generator.intake.words import Block, Cell, Shown, Table, WordFile
from generator.media.documents.scrub import BrokenPictureError, scrubbed
from generator.media.refusals import UnusableError
from generator.media.workers import each_done, reach_of
from generator.store import Store


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

    A draft without text that means the same case, or has *slug*, is filled, and keeps what the files do not say.

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
    with gathered(files) as found:
        words, others = parted(found)
        read = _read_all(words, store, workers)
        draft = drafted([one.file for one in read if one.file], call.campaign)
        homes, left = placed([name for name, _ in others], catalog.vocabulary)
        draft_there = to_fill(
            [one for one in catalog.submissions if one.campaign_id == campaign_id],
            slug=slug, title=draft.title, unit=draft.texts.get("unit", ""),
        )  # fmt: skip
        text = case_text(
            draft, call.campaign, catalog.regions, catalog.vocabulary,
            beside=[one for _, one in homes], category=category,
            kept=draft_there.document.front if draft_there else None,
        )  # fmt: skip
        name = draft_there.slug if draft_there else slug or _folder(text, draft, cases_dir / campaign_id)
        folder = cases_dir / campaign_id / name
        by_name = dict(others)
        _write(
            folder, text.text, read, store, {one.path: by_name[name] for name, one in homes}, draft_there is not None
        )
    private_file = _keep_private(text.private, private_dir, campaign_id, folder.name) if private_dir else None
    return imported(
        folder, draft, text, [one.file for one in read if one.file], left=left, beside=[one.path for _, one in homes],
        private_file=private_file, is_filled=draft_there is not None,
    )  # fmt: skip


def _is_below(folder: Path, above: Path) -> bool:
    return folder.resolve().is_relative_to(above.resolve())


def _folder(text: CaseText, draft: Draft, campaign_dir: Path) -> str:
    taken = [one.name for one in campaign_dir.iterdir()] if campaign_dir.is_dir() else []
    words = (text.region, slug_of(draft.title, most_words=6))
    return free("-".join(word for word in words if word) or "case", taken)


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


def _write(
    folder: Path, text: str, read: Sequence[_Read], store: Store, others: dict[str, Path], is_draft: bool
) -> None:
    """The folder, complete, by one rename; where a draft is there already, it makes room first.

    Raises:
        IntakeError: it is there already.
    """
    if folder.exists() and not is_draft:
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
            _copy_clean(source, fresh / path)
        if not any((fresh / "media").iterdir()):
            (fresh / "media").rmdir()
        _put(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, folder: Path) -> None:
    """*fresh* in the place of *folder*; what was there comes back if that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    aside = fresh.with_name(f"{fresh.name}.draft")
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside)


def _copy_clean(source: Path, target: Path) -> None:
    """A file that came along; of a picture the same pixels byte for byte, without place, camera and remarks: DOMAIN, decision 4."""
    if source.suffix.lower() in PICTURES:
        # What is broken goes along as it is: `check` says what is wrong with it.
        with contextlib.suppress(BrokenPictureError):
            target.write_bytes(scrubbed(source.read_bytes()))
            return
    shutil.copyfile(source, target)


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

"""`showcase media add`: pictures, videos, captions and papers → into a case folder, and into its front matter."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.catalog.document import read_document
from generator.commands.desk import Desk, desk_of, is_asking, rewrite, told
from generator.errors import SettingsError
from generator.intake.insertion import with_item
from generator.intake.registering import Placed, entries_of, kind_named, place
from generator.media.content import HEAD_BYTES, content_of, kind_of
from generator.terminal import explained

LARGEST_IN_GIT = 100 * 1024 * 1024
"""Bytes; what is larger is told, since hosts of repositories refuse it."""


@click.group()
def media() -> None:
    """案例的图片、视频、字幕和支撑材料。"""


@media.command()
@click.argument("case")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--alt", "alts", multiple=True, metavar="文件名=文字", help="图片的文字说明，可以写几次")
@click.option("--kind", metavar="种类", help="支撑材料的种类，例如 管理制度（cases/vocabulary.yml）")
@click.pass_context
def add(context: click.Context, case: str, files: tuple[Path, ...], alts: tuple[str, ...], kind: str | None) -> None:
    """把 FILES（文件或目录）放进案例 CASE（活动/案例，或它的目录），并在 index.md 里登记。

    文件名改成小写英文；已有的文件不覆盖，已登记的不再登记。图片的文字说明没有给的，在终端上询问，否则留空，检查时会提示。
    """
    with explained():
        desk = desk_of(context)
        folder = _folder(case, desk)
        words = dict(_pair(alt) for alt in alts)
        means = kind_named(kind, desk.catalog.vocabulary) if kind else None
        if kind and means is None:
            names = "、".join(term.name for term in desk.catalog.vocabulary.attachment_kinds)
            raise SettingsError(f"没有“{kind}”这一种支撑材料，应当是：{names}")
        sources = _sources(files)
        unknown = words.keys() - {path.name for path in sources}
        if unknown:
            raise SettingsError(f"--alt 写的 {'、'.join(sorted(unknown))} 不在这些文件里")
        front = read_document((folder / "index.md").read_bytes())
        if not front.is_readable:
            raise SettingsError(f"{folder / 'index.md'} 的信息区有错，请先运行 showcase check {folder} 改好")
        placed, refused = _placed(sources, folder)
        named = frozenset(_files_named(front.front))
        asked = _asked([f for f in placed if f.kind == "picture" and f.path not in named], words)
        entries, alone = entries_of(placed, named, asked, means)
        data = (folder / "index.md").read_bytes()
        for entry in entries:  # all of it, before the first file is copied
            data = with_item(data, entry.key, entry.item, entry.comment)
        by_name = {path.name: path for path in sources}
        for file in placed:
            if not file.is_there:
                _copy(by_name[file.name], folder / file.path)
        if entries:
            rewrite(folder / "index.md", data)
    told("放进", [f"{file.name} → {file.path}" for file in placed if not file.is_there])
    told("已经有了，没有再放", [f"{file.name} = {file.path}" for file in placed if file.is_there])
    told(
        "登记", [f"{entry.key}：{entry.path}" + (f"（{entry.comment}）" if entry.comment else "") for entry in entries]
    )
    told("字幕没有对上视频，请在 videos 里写上 captions", alone)
    told("没有放", refused)
    large = [
        f"{path.name}：{path.stat().st_size / 1_000_000:.0f} MB"
        for path in sources
        if path.stat().st_size > LARGEST_IN_GIT
    ]
    told("太大，仓库里放不下，请看《怎样把一个案例放上网站》“文件太大”一节", large)
    sys.exit(1 if refused else 0)


def _folder(case: str, desk: Desk) -> Path:
    cases = desk.settings.cases_dir.resolve()
    for folder in (cases / case, Path(case).resolve()):
        is_case = len(folder.parts) == len(cases.parts) + 2 and folder.is_relative_to(cases)
        if is_case and (folder / "index.md").is_file() and folder == folder.resolve():
            return folder
    raise SettingsError(f"没有案例 {case}，应当像 enshi-2023/lichuan-timetable-resources")


def _pair(alt: str) -> tuple[str, str]:
    name, sign, text = alt.partition("=")
    if not sign or not name or not text.strip():
        raise SettingsError(f"--alt {alt} 应当像 课堂.jpg=三名学生围坐在小桌旁")
    return name, " ".join(text.split())


def _sources(files: Sequence[Path]) -> list[Path]:
    """Regular files, those of folders in the order of their names, without hidden ones; a link is nobody's original."""
    found: list[Path] = []
    for path in files:
        inner = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [
            one for one in inner if one.is_file() and not one.is_symlink() and not one.name.startswith((".", "~$"))
        ]
    names = [path.name for path in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not found:
        raise SettingsError(f"有两个文件都叫 {'、'.join(twice)}，请分两次放" if twice else "没有可以放的文件")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _placed(sources: Sequence[Path], folder: Path) -> tuple[list[Placed], list[str]]:
    present = {
        path.relative_to(folder).as_posix(): _digest(path)
        for below in ("media", "attachments")
        for path in sorted((folder / below).glob("*"))
        if path.is_file()
    }
    placed: list[Placed] = []
    refused: list[str] = []
    # Videos before captions, which take their names after them.
    for path in sorted(sources, key=lambda path: path.suffix.lower() in (".srt", ".vtt", ".ass", ".ssa")):
        with path.open("rb") as file:
            content = content_of(file.read(HEAD_BYTES))
        digest = _digest(path)
        one = place(path.name, kind_of(content, path.suffix), digest, present)
        if content == "ole":
            refused.append(f"{path.name}：旧格式或有密码，请另存为 .docx、.xlsx、.pptx 或 PDF")
        elif content == "empty":
            refused.append(f"{path.name}：文件是空的")
        elif one is None:
            refused.append(f"{path.name}：不是图片、视频、字幕或文档")
        else:
            placed.append(one)
            present[one.path] = digest
    return placed, refused


def _files_named(value: object) -> list[str]:
    """Every path that the front matter names, wherever."""
    if isinstance(value, dict):
        return [path for inner in value.values() for path in _files_named(inner)]
    if isinstance(value, list):
        return [path for inner in value for path in _files_named(inner)]
    return [value] if isinstance(value, str) else []


def _asked(pictures: Sequence[Placed], words: dict[str, str]) -> dict[str, str]:
    found = dict(words)
    for picture in pictures:
        if picture.name not in found and is_asking():
            answer = click.prompt(f"{picture.name} 的画面里有什么（以后再填就按回车）", default="", show_default=False)
            if answer.strip():
                found[picture.name] = " ".join(answer.split())
    return found


def _copy(source: Path, target: Path) -> None:
    """Raises FileExistsError rather than write over anything."""
    target.parent.mkdir(exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    with os.fdopen(descriptor, "wb") as out, source.open("rb") as file:
        shutil.copyfileobj(file, out)

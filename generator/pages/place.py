"""Files of the store → a fresh output folder: by hard links, by copies where the file system has none."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.errors import RenderError, reason_at

MARKER = ".showcase-site"
"""Lies in every site that we made: nothing else is ever replaced by one."""

PREVIEW_MARKER = ".showcase-preview"
"""Lies in every preview instead: a site and a preview never take each other's place, and no preview is published."""


def place(files: Mapping[str, Path], target_dir: Path, marker: str = MARKER, told: str = "") -> None:
    """Puts *files* (path under the site → file of the store) in the place of *target_dir*, whole or not at all.

    The new folder is made beside the old one, which is renamed away and then removed; *marker* says what it is,
    and holds what is *told* of it to whoever publishes it. The caller holds the lock.

    Raises:
        RenderError: *target_dir* holds something that none of our builds made with *marker*, or cannot be written.
    """
    target_dir = target_dir.resolve()  # a link to another disk stays one
    _recover(target_dir)
    if target_dir.exists() and any(target_dir.iterdir()) and not (target_dir / marker).exists():
        what = "本程序生成的预览" if marker == PREVIEW_MARKER else "本程序生成的网站"
        raise RenderError(f"{target_dir} 里有东西，而且不是{what}，不敢覆盖；请清空它或换一个输出目录")
    fresh = target_dir.with_name(f".{target_dir.name}.{secrets.token_hex(4)}")
    old = target_dir.with_name(f".{target_dir.name}.old.{secrets.token_hex(4)}")
    try:
        fresh.mkdir(parents=True)
        _fill(files, fresh)
        (fresh / marker).write_text(told, "utf-8")
        if target_dir.exists():
            target_dir.rename(old)
        fresh.rename(target_dir)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        if old.exists() and not target_dir.exists():
            old.rename(target_dir)
        raise RenderError(f"无法写入 {target_dir}：{reason_at(error)}。原来的网站没有变化") from error
    shutil.rmtree(old, ignore_errors=True)


def _recover(target_dir: Path) -> None:
    """Clears what a killed build left, and puts the old site back if it was killed between the two renames."""
    left = re.compile(rf"\.{re.escape(target_dir.name)}\.(old\.)?[0-9a-f]{{8}}")
    for folder in sorted(target_dir.parent.glob(f".{target_dir.name}.*")):
        found = left.fullmatch(folder.name)
        if found and found.group(1) and not target_dir.exists():
            folder.rename(target_dir)
        elif found:
            shutil.rmtree(folder, ignore_errors=True)


def _fill(files: Mapping[str, Path], folder: Path) -> None:
    made: set[Path] = set()
    can_link = True
    for name, source in files.items():
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        if can_link:
            try:
                os.link(source, path)
                continue
            except OSError as error:
                # Another file system, one without links, or one with too few: copies serve as well.
                if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES):
                    raise
                can_link = error.errno == errno.EMLINK
        shutil.copyfile(source, path)

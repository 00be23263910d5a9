"""Files of the store → the output folder, whole or not at all: by hard links, by copies where the file system has none.

The folder before stays beside it under a hidden name, and becomes the next one: so a placing takes as long as there are
differences, not as there are files.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.errors import RenderError, reason_at
from generator.pages.agree import agrees, bring, tree_of

MARKER = ".showcase-site"
"""Lies in every site that we made: nothing else is ever replaced by one."""

PREVIEW_MARKER = ".showcase-preview"
"""Lies in every preview instead: a site and a preview never take each other's place, and no preview is published."""


def place(files: Mapping[str, Path], target_dir: Path, marker: str = MARKER, told: str = "") -> None:
    """Puts *files* (path under the site → file of the store) in the place of *target_dir*, whole or not at all.

    Where it holds just those, nothing is touched. Else the new folder is made beside it, of the one before if that is
    there, and takes its place by rename; *marker* says what it is, and holds what is *told* of it to whoever publishes it.
    The caller holds the lock.

    Raises:
        RenderError: *target_dir* holds something that none of our builds made with *marker*, or cannot be written.
    """
    target_dir = target_dir.resolve()  # a link to another disk stays one
    _recover(target_dir)
    if target_dir.exists() and any(target_dir.iterdir()) and not (target_dir / marker).exists():
        what = "本程序生成的预览" if marker == PREVIEW_MARKER else "本程序生成的网站"
        raise RenderError(f"{target_dir} 里有东西，而且不是{what}，不敢覆盖；请清空它或换一个输出目录")
    tree = tree_of(files)
    fresh = target_dir.with_name(f".{target_dir.name}.{secrets.token_hex(4)}")
    old = target_dir.with_name(f".{target_dir.name}.old.{secrets.token_hex(4)}")
    spare = spare_of(target_dir)
    try:
        if _says(target_dir / marker, told) and agrees(tree, target_dir, but=marker):
            return
        if spare.is_dir() and not spare.is_symlink():  # a commit can make a link of it
            spare.rename(fresh)
        else:
            fresh.mkdir(parents=True)
        bring(tree, fresh)
        (fresh / marker).write_text(told, "utf-8")
        if target_dir.exists():
            target_dir.rename(old)
        fresh.rename(target_dir)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        if old.exists() and not target_dir.exists():
            old.rename(target_dir)
        raise RenderError(f"无法写入 {target_dir}：{reason_at(error)}。原来的网站没有变化") from error
    with suppress(OSError):  # else the next one is made from nothing
        old.rename(spare)


def spare_of(target_dir: Path) -> Path:
    """Where the folder is kept that stood in the place of *target_dir* before; it may be removed at any time."""
    return target_dir.with_name(f".{target_dir.name}.spare")


def _says(marker: Path, told: str) -> bool:
    return marker.is_file() and not marker.is_symlink() and marker.read_text("utf-8", "replace") == told


def _recover(target_dir: Path) -> None:
    """Clears what a killed build left, and puts the old site back if it was killed between the two renames."""
    left = re.compile(rf"\.{re.escape(target_dir.name)}\.(old\.)?[0-9a-f]{{8}}")
    for folder in sorted(target_dir.parent.glob(f".{target_dir.name}.*")):
        found = left.fullmatch(folder.name)
        if found and found.group(1) and not target_dir.exists():
            folder.rename(target_dir)
        elif found:
            shutil.rmtree(folder, ignore_errors=True)

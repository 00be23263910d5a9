"""Case folders on the disk: read without following a link, written by rename."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import ShowcaseError, reason_at, reason_of
from generator.intake.mending.marked import PrivateField
from generator.intake.mending.plan import Contents, Plan
from generator.media.conversion import CAPTION_SUFFIXES, converted, is_convertible

_DEEPEST = 4
_LARGEST_TEXT = 2 * 1024 * 1024
_COLUMNS = ("案例", "项目", "内容")


class FixError(ShowcaseError):
    """What was asked for cannot be mended, or a file cannot be written."""

    exit_code = 2


def read_contents(folder: Path, *, workers: int) -> Contents | None:
    """What lies in a case folder, with its HEIC and captions converted; None without an index.md that can be read."""
    index = _regular(folder / "index.md")
    if index is None:
        return None
    files, reserved, notes = list[str](), list[str](), list[str]()
    for path, is_regular in _walk(folder, ""):
        if not is_regular or not path.isprintable():
            reserved.append(path)
            notes += [] if path.isprintable() else ["有一个文件的名称不是 UTF-8，没有动"]
        elif path != "index.md":
            files.append(path)
    made: dict[str, tuple[str, bytes]] = {}
    for one in converted([folder / path for path in files if is_convertible(path)], workers=workers):
        path = one.path.relative_to(folder).as_posix()
        if one.why_not:
            notes.append(f"{path} 没有转换：{one.why_not}")
        else:
            made[path] = (".vtt" if one.path.suffix.lower() in CAPTION_SUFFIXES else ".jpg", one.data)
    return Contents(index=index, files=tuple(files), reserved=tuple(reserved), made=made, notes=tuple(sorted(notes)))


def _regular(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_TEXT:
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as file:
        return file.read()


def _walk(folder: Path, below: str, depth: int = 1) -> Iterator[tuple[str, bool]]:
    """Every path, and whether it is a file to mend; folders behind links are not entered."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".") and depth < _DEEPEST:
            yield from _walk(Path(entry.path), f"{path}/", depth + 1)
        else:
            yield path, entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")


def carry_out(plan: Plan, folder: Path, old: bytes) -> None:
    """Write what *plan* says. Killed at any moment, every reference leads to a file that is there.

    Raises:
        FixError: the disk refuses.
    """
    try:
        for path, new in plan.moves.items():
            (folder / new).parent.mkdir(parents=True, exist_ok=True)
            if path in plan.made:
                write(folder / new, plan.made[path])
            else:
                os.link(folder / path, folder / new, follow_symlinks=False)
        if plan.mended and (data := plan.mended.text.encode("utf-8", "surrogatepass")) != old:
            write(folder / "index.md", data)
        for path in plan.moves:
            (folder / path).unlink()
            for above in (folder / path).parents:
                if above == folder:
                    break
                with contextlib.suppress(OSError):  # others are still in it
                    above.rmdir()
    except OSError as error:
        raise FixError(f"写不进 {folder}：{reason_at(error)}。请检查权限和磁盘空间后再运行一次") from error


def write(path: Path, data: bytes, mode: int | None = None) -> None:
    """*data* in place of the file at *path*, whole or not at all, with the old one's permissions."""
    if mode is None:
        mode = stat.S_IMODE(path.lstat().st_mode) if path.exists() and not path.is_symlink() else 0o644
    descriptor, name = tempfile.mkstemp(prefix=".showcase-", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
            os.fchmod(descriptor, mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def keep_private(out: Path, rows: Iterable[tuple[str, PrivateField]]) -> None:
    """Add the private fields of cases to the table at *out*, which only its owner can read; none twice.

    Raises:
        FixError: the disk refuses, or what stands there is no such table.
    """
    try:
        known = list(csv.reader(io.StringIO(out.read_text("utf-8-sig")))) if out.exists() else []
        if known and known[0] != list(_COLUMNS):
            raise FixError(f"{out} 已经有别的内容：请换一个 --private-out 文件")
        table = known or [list(_COLUMNS)]
        for case_id, field in rows:
            row = [case_id, field.name, field.content]
            table += [] if row in table else [row]
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(table)
        write(out, written.getvalue().encode("utf-8-sig"), mode=0o600)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = reason_of(error) if isinstance(error, OSError) else "那里已有的文件不是能读的表格"
        raise FixError(f"写不进 {out}：{why}。换一个 --private-out 再运行，信息区还没有动") from error


def refuse_inside(out: Path, repository: Path) -> None:
    """Private data must not come back into the repository by another door.

    Raises:
        FixError: *out* lies in *repository* or in the Git checkout around it.
    """
    root = repository.resolve()
    root = next((above for above in (root, *root.parents) if (above / ".git").exists()), root)
    if out.resolve().is_relative_to(root):
        raise FixError(f"{out} 在仓库 {root} 里面：--private-out 要放在仓库以外，否则个人信息又会被提交")

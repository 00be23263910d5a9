"""What was sent, whether file, folder or .zip → its files by name, and which of them are the case."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from generator.errors import ShowcaseError
from generator.intake.beside import OLD
from generator.media.documents.package import DAMAGED

_ARCHIVE_FILES = 500
_ARCHIVE_BYTES = 4 * 1024**3
_COPY = 1024 * 1024


class IntakeError(ShowcaseError):
    """Nothing could be imported; nothing was written."""

    exit_code = 2


@contextmanager
def gathered(files: Sequence[Path]) -> Iterator[list[tuple[str, Path]]]:
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
    except DAMAGED as error:
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


def parted(found: Sequence[tuple[str, Path]]) -> tuple[list[tuple[str, Path]], list[tuple[str, Path]]]:
    """The Word files that are the case, and everything else.

    In a folder of its own (附件, 支撑材料) a Word file is a supporting paper, where another stands above it.
    """
    words = [(name, path) for name, path in found if PurePosixPath(name).suffix.lower() == ".docx"]
    least = min((name.count("/") for name, _ in words), default=0)
    main = [(name, path) for name, path in words if name.count("/") == least]
    if not main:
        raise IntakeError(_why_none([name for name, _ in found]))
    names = {name for name, _ in main}
    return main, [(name, path) for name, path in found if name not in names]


def _why_none(names: Sequence[str]) -> str:
    """Why nothing can be imported of files among which is no .docx."""
    kinds = [(name, PurePosixPath(name).suffix.lower()) for name in names]
    if old := next((name for name, kind in kinds if OLD.get(kind) == ".docx"), None):
        return f"{old}：不能导入旧格式，请用 Word 或 WPS 打开，另存为 .docx，再导入"
    if sheet := next((name for name, kind in kinds if kind == ".xlsx" or OLD.get(kind) == ".xlsx"), None):
        return f"没有找到 .docx 文件，{sheet} 是表格。汇总表用 showcase import-list；案例正文要用 Word 的 .docx 格式"
    return "没有找到 .docx 文件；案例正文要用 Word 的 .docx 格式"

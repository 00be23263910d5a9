"""Files as editors have them → files as every call takes them: HEIC as JPEG, subtitles as WebVTT."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.media.captions import read_captions, webvtt
from generator.media.content import HEAD_BYTES, content_of
from generator.media.opening import opened
from generator.media.pictures.upright import upright
from generator.media.recipe import CaptionRecipe, PictureRecipe
from generator.media.refusals import UnusableError
from generator.media.workers import Reach, each_done

HEIC_SUFFIXES = frozenset({".heic", ".heif"})
CAPTION_SUFFIXES = frozenset({".srt", ".ass", ".ssa"})
_JPEG_QUALITY = 95
_WHOLE = PictureRecipe(steps_px=(320,), own_width_limit_px=1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What became of one file: its new bytes, or in Chinese why it stays as it is."""

    path: Path
    data: bytes = b""
    why_not: str = ""


def is_convertible(name: str) -> bool:
    """Whether a file of that name is one to convert."""
    return Path(name).suffix.lower() in HEIC_SUFFIXES | CAPTION_SUFFIXES


def converted(paths: Iterable[Path], *, workers: int) -> Iterator[Converted]:
    """Each of *paths* converted, in confined workers that read their folders and write nothing; in no order.

    Pictures keep their size and lose what was written beside them, the place among it. Captions of which a cue
    cannot be shown stay as they are, for its words would be lost.
    """
    files = tuple(paths)
    reads = tuple(sorted({path.absolute().parent.resolve() for path in files}))
    for done in each_done(_convert, files, workers=workers, reach=Reach(reads=reads, writes=())):
        yield done.result or Converted(path=done.item, why_not="处理它的程序意外结束")


def _convert(path: Path) -> Converted:
    try:
        with opened(path, path.name) as file:
            is_picture = path.suffix.lower() in HEIC_SUFFIXES
            return Converted(path=path, data=_jpeg(file) if is_picture else _captions(file))
    except UnusableError as error:
        return Converted(path=path, why_not=error.refusal.zh)


def _jpeg(file: io.BufferedReader) -> bytes:
    if content_of(file.read(HEAD_BYTES)) != "heic":
        raise UnusableError("wrong-content", "HEIC")
    file.seek(0)
    image = upright(file, _WHOLE).image
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return written.getvalue()


def _captions(file: io.BufferedReader) -> bytes:
    captions = read_captions(file, CaptionRecipe())
    if captions.dropped:
        raise UnusableError("unreadable", f"第 {captions.dropped[0]} 条字幕的时间不对")
    return webvtt(captions)

"""The photographs that are measured with: of Debian's wallpaper packages, or of a folder of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from benches.debian import unpacked
from benches.measure import BENCH_DIR, NotMeasuredError

LEAST_PIXELS = 4_000_000
LEAST_WIDTH_PX = 1_600

# Taken with cameras and not drawn, looked at one by one; the largest there are, 6 to 20 MP, as phones take them.
_LOMIRI_16, _LOMIRI_20 = "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04"
_FROM_DEBIAN = (
    (_LOMIRI_16, "Dragonfly_by_Bolly"),
    (_LOMIRI_16, "Wine_by_Jakkub_Mede"),
    (_LOMIRI_16, "picosdeeuropa_by_Aitzol_Berasategi"),
    (_LOMIRI_20, "Kleiber_by_Lukas_Baubkus"),
    (_LOMIRI_16, "seeding_by_Clements_Engelhardt"),
    (_LOMIRI_16, "Bridge_by_Sander_Klootwijk"),
    (_LOMIRI_16, "sunset_by_Aitzol_Berasategi"),
    (_LOMIRI_16, "life_by_Aitzol_Berasategi"),
)
_QUALITY = 95


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """One JPEG to measure with, in a folder that holds these and nothing else."""

    path: Path
    width_px: int  # as shown
    height_px: int

    @property
    def pixels(self) -> int:
        """How many it has."""
        return self.width_px * self.height_px


def photographs(own_dir: Path | None, limit: int | None, work_dir: Path) -> tuple[Photograph, ...]:
    """The photographs, below *work_dir* as 00.jpg, 01.jpg …; the first *limit* of them, all with None.

    Of a folder of one's own: its JPEGs of 4 MP and more, 1,600 px wide at least, by name. JPEG alone, since
    the galleries give each format back as itself, and the table compares like with like.

    Raises:
        NotMeasuredError: there are none, or Debian's packages cannot be had.
    """
    sources = sorted(_own(own_dir) if own_dir else _of_debian())
    folder = work_dir / "photographs"
    folder.mkdir(parents=True)
    found = []
    for number, source in enumerate(sources[:limit]):
        path = folder / f"{number:02}.jpg"
        shutil.copyfile(source, path)
        width_px, height_px = shown_px(path)
        found.append(Photograph(path=path, width_px=width_px, height_px=height_px))
    return tuple(found)


def _of_debian() -> list[Path]:
    """Three of each: as it is, mirrored, and upside down, so that a program's start weighs as it does in a build."""
    folder = BENCH_DIR / "photographs"
    if not folder.is_dir():
        partial = folder.with_name("photographs.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for package, name in _FROM_DEBIAN:
            source = unpacked(package, BENCH_DIR / "debian") / f"usr/share/backgrounds/{name}.jpg"
            for turn, image in _turned(source):
                # Written as cameras write: the packages hold some as progressive JPEG, which no camera makes.
                image.save(partial / f"{turn}-{name}.jpg", quality=_QUALITY, progressive=False, optimize=False)
        partial.rename(folder)
    return list(folder.iterdir())


def _turned(source: Path) -> Iterator[tuple[int, Image.Image]]:
    with Image.open(source) as opened:
        image = opened.convert("RGB")
    image.info = {}
    yield 0, image
    yield 1, ImageOps.mirror(image)
    yield 2, ImageOps.flip(image)


def _own(folder: Path) -> list[Path]:
    fit = [path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg") and _is_fit(path)]
    if not fit:
        raise NotMeasuredError(f"no JPEG of {LEAST_PIXELS // 1_000_000} MP or more in {folder}")
    return fit


def _is_fit(path: Path) -> bool:
    try:
        width_px, height_px = shown_px(path)
    except OSError:
        return False
    return width_px >= LEAST_WIDTH_PX and width_px * height_px >= LEAST_PIXELS


def shown_px(path: Path) -> tuple[int, int]:
    """Width and height of a picture as it is shown, its EXIF orientation heeded.

    Raises:
        OSError: it is none.
    """
    with Image.open(path) as image:
        is_sideways = image.getexif().get(0x0112, 1) >= 5
        return (image.height, image.width) if is_sideways else image.size

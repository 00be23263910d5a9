"""Real files for the tests, made when they are asked for."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from reportlab.pdfgen.canvas import Canvas

from generator.media.opening import digest_of, opened
from generator.media.recipe import Job, Recipe
from generator.media.tools import ffmpeg, tool_of

QUADRANTS = {(0, 0): (220, 30, 30), (1, 0): (30, 200, 30), (0, 1): (30, 30, 220), (1, 1): (230, 220, 40)}
"""Corner (column, row) to colour: red, green above blue, yellow."""


def job_for(path: Path, recipe: Recipe) -> Job:
    with opened(path, path.name) as file:
        return Job(source=str(path), source_sha256=digest_of(file), recipe=recipe, tool=tool_of(recipe))


def quadrants(width_px: int, height_px: int) -> Image.Image:
    """A picture whose four quarters differ, so that every turn and mirror shows."""
    image = Image.new("RGB", (width_px, height_px))
    half = (width_px // 2, height_px // 2)
    for (column, row), colour in QUADRANTS.items():
        image.paste(colour, (column * half[0], row * half[1], (column + 1) * half[0], (row + 1) * half[1]))
    return image


def corners(image: Image.Image) -> list[tuple[int, int, int]]:
    """The colours in the middle of the four quarters: upper left, upper right, lower left, lower right."""
    flat = image.convert("RGB")
    at = [(x * image.width // 4, y * image.height // 4) for y in (1, 3) for x in (1, 3)]
    return [flat.getpixel(point) for point in at]  # type: ignore[misc]  # RGB pixels are three numbers


def is_close(one: tuple[int, int, int], other: tuple[int, int, int], tolerance: int = 24) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def exif_of_a_phone(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "PhoneMaker"
    exif[Base.Artist] = "王小明"
    places = exif.get_ifd(IFD.GPSInfo)
    places[GPS.GPSLatitudeRef], places[GPS.GPSLatitude] = "N", (29.0, 22.0, 30.0)
    places[GPS.GPSLongitudeRef], places[GPS.GPSLongitude] = "E", (113.0, 7.0, 30.0)
    return exif.tobytes()


def wide_profile() -> bytes:
    """A colour profile far from sRGB: its red and green have changed places."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(plain[128:132], "big")
    entries = {bytes(plain[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    plain[red : red + 4], plain[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(plain)


def clip(
    path: Path,
    *,
    size: str = "320x180",
    seconds: float = 1,
    rate: int = 25,
    source: str = "testsrc2",
    has_sound: bool = True,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
) -> Path:
    """A short video with a pattern and a tone."""
    picture = ["-f", "lavfi", "-i", f"{source}=size={size}:rate={rate}:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if has_sound else []
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    ffmpeg_run(*before, *picture, *tone, *codec, *after, str(path))
    return path


def ffmpeg_run(*arguments: str) -> None:
    subprocess.run([str(ffmpeg().path), "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)


def pdf(
    path: Path,
    *,
    pages: int = 2,
    size: tuple[int, int] = (300, 400),
    author: str | None = None,
    password: str | None = None,
) -> Path:
    canvas = Canvas(str(path), pagesize=size, encrypt=password)
    if author:
        canvas.setAuthor(author)
    for number in range(1, pages + 1):
        canvas.setFillColorRGB(*((0.1, 0.2, 0.8) if number == 1 else (0.8, 0.2, 0.1)))
        canvas.rect(0, 200, 300, 200, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(40, 100, f"page {number} tel 13800138000")
        canvas.showPage()
    canvas.save()
    return path


def docx(path: Path) -> Path:
    document = Document()
    document.core_properties.author = "张三丰"
    document.core_properties.last_modified_by = "李四光"
    document.add_paragraph("智慧课堂案例")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "联系电话 13900139000"
    document.save(str(path))
    return path


def repacked(path: Path, extra: Mapping[str, bytes]) -> Path:
    """The ZIP at *path* with parts added or replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()} | dict(extra)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path

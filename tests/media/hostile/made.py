"""Hostile files, made byte by byte where no honest tool would make them; and how reading one of them goes."""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.facts import Facts
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import CaptionRecipe, DocumentRecipe, PictureRecipe, Recipe, Rendition, VideoRecipe
from generator.media.refusals import REASONS
from generator.store import Store
from media.samples import job_for

MIB = 1024 * 1024
SMALL = Rendition(name="small", short_px=90, long_px=160, crf=30, max_kbps=500, buffer_kbits=1_000)
RECIPES: dict[str, Recipe] = {
    "picture": PictureRecipe(steps_px=(40,)),
    "video": VideoRecipe(renditions=(SMALL,)),
    "document": DocumentRecipe(first_page=PictureRecipe(steps_px=(40,)), page_width_px=80),
    "caption": CaptionRecipe(),
}


def refused(path: Path, relative: str | None = None, within_s: float = 5) -> str:
    """The reason for which probing refuses a file; it must, in time, with words in two languages and no facts."""
    started_s = time.monotonic()
    facts: Facts = probe_file(path, relative or path.name)
    assert time.monotonic() - started_s < within_s
    assert facts.refusal is not None, facts
    assert (facts.picture, facts.video, facts.document, facts.caption) == (None, None, None, None)
    assert facts.refusal.zh != facts.refusal.en
    assert "{" not in facts.refusal.zh + facts.refusal.en
    assert facts.refusal.reason in REASONS
    return facts.refusal.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How reading a file, and making what can be made of it, went in a worker."""

    reason: str  # of the refusal; empty where it was accepted and all was made of it
    stage: str  # "probe" or "derive": where it ended
    took_s: float
    cpu_s: float  # of the worker and its children
    grew_bytes: int  # of the worker's memory above what it held before
    child_bytes: int  # the most that any child of this worker held so far
    out_bytes: int  # of everything made

    @property
    def is_made(self) -> bool:
        """Something stands in the store."""
        return self.out_bytes > 0


def course_of(words: tuple[Path, Path]) -> Course:
    """Runs in a worker: the course of one file, with a store of its own."""
    path, store_dir = words
    _forget_peak()
    before_bytes, started_s, cpu_s = _memory("VmRSS"), time.monotonic(), _cpu_s()
    facts = probe_file(path, path.name)
    stage, reason = "probe", facts.refusal.reason if facts.refusal else ""
    if not reason:
        stage = "derive"
        refusal = derive(job_for(path, RECIPES[facts.kind]), Store(store_dir)).refusal
        reason = refusal.reason if refusal else ""
    return Course(
        reason=reason,
        stage=stage,
        took_s=time.monotonic() - started_s,
        cpu_s=_cpu_s() - cpu_s,
        grew_bytes=_memory("VmHWM") - before_bytes,
        child_bytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
        out_bytes=sum(file.stat().st_size for file in store_dir.rglob("*") if file.is_file()),
    )


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _memory(name: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def _cpu_s() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


# Pictures


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width_px: int, height_px: int, *extra: tuple[bytes, bytes], pixels: bytes = b"\0" * 100) -> bytes:
    """A PNG of RGB that claims that size, holds *pixels*, and *extra* chunks before them."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0))
    middle = b"".join(png_chunk(name, data) for name, data in extra)
    return b"\x89PNG\r\n\x1a\n" + head + middle + png_chunk(b"IDAT", zlib.compress(pixels, 9)) + png_chunk(b"IEND", b"")


def webp_head(width_px: int, height_px: int) -> bytes:
    bits = (width_px - 1) | (height_px - 1) << 14
    body = b"WEBPVP8L" + struct.pack("<I", 18) + b"\x2f" + struct.pack("<I", bits) + b"\0" * 13
    return b"RIFF" + struct.pack("<I", 30) + body


def with_jpeg_size(jpeg: bytes, width_px: int, height_px: int) -> bytes:
    """The same JPEG with another size in its frame header, baseline or progressive."""
    data = bytearray(jpeg)
    at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2")) + 5
    data[at : at + 4] = struct.pack(">HH", height_px, width_px)
    return bytes(data)


def with_scans(progressive: bytes, count: int) -> bytes:
    """A progressive JPEG whose last scan comes *count* times more."""
    at = progressive.rfind(b"\xff\xda")
    end = progressive.rfind(b"\xff\xd9")
    return progressive[:end] + progressive[at:end] * count + progressive[end:]


def with_segment(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    """A JPEG with one segment more, right behind its start; of more than 64 KB, as many as it takes."""
    pieces = [payload[at : at + 65_533] for at in range(0, len(payload), 65_533)] or [b""]
    segments = b"".join(bytes((0xFF, marker)) + struct.pack(">H", len(piece) + 2) + piece for piece in pieces)
    return jpeg[:2] + segments + jpeg[2:]


def gif(width_px: int, height_px: int, frames: int, delay_cs: int = 0) -> bytes:
    """A GIF of that canvas whose frames are one pixel each."""
    head = b"GIF89a" + struct.pack("<HHBBB", width_px, height_px, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    one = (
        b"\x21\xf9\x04\0"
        + struct.pack("<H", delay_cs)
        + b"\0\0"
        + b"\x2c\0\0\0\0\x01\0\x01\0\0"
        + b"\x02\x02\x44\x01\0"
    )
    return head + loop + one * frames + b"\x3b"


# Videos


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def boxes(data: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and length of the boxes in *data*, one level deep."""
    found, at = [], 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length < 8:
            break
        found.append((data[at + 4 : at + 8], at, length))
        at += length
    return found


def inside(data: bytes, name: bytes) -> bytes:
    """What the first top-level box of that name holds."""
    at, length = next((at, length) for found, at, length in boxes(data) if found == name)
    return data[at + 8 : at + length]


def with_table(mp4: bytes, table: bytes) -> bytes:
    """An MP4 whose table stands last, with another."""
    at = next(at for name, at, _ in boxes(mp4) if name == b"moov")
    return mp4[:at] + box(b"moov", table)


# Documents


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of those numbered objects, the first its catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj" % number + text + b"endobj\n"
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, len(data))


def pdf_page(content: bytes, *, size: bytes = b"200 200", filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with that content stream, as it is to be stored."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + size + b"]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def deflated_zeros(count_bytes: int) -> bytes:
    """That many zero bytes, deflated, without ever holding them."""
    packer = zlib.compressobj(1)
    pieces = [packer.compress(bytes(MIB)) for _ in range(count_bytes // MIB)]
    return b"".join(pieces) + packer.flush()


def zip_of(parts: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            package.writestr(name, data)
    return buffer.getvalue()

"""Files that must be refused, by name of reason, quickly and without being led elsewhere."""

from __future__ import annotations

import os
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.catalog.facts import Facts
from generator.media import documents
from generator.media.derivatives import PictureSet, file_of
from generator.media.derive import derive
from generator.media.images import webp_size_px
from generator.media.probe import probe_all, probe_file
from generator.media.recipe import PictureRecipe, VideoRecipe
from generator.media.tools import Ffmpeg
from generator.store import Store

from .samples import clip, ffmpeg_run, job_for, pdf, quadrants


def refused(path: Path, relative: str | None = None) -> str:
    started_s = time.monotonic()
    facts: Facts = probe_file(path, relative or path.name)
    assert time.monotonic() - started_s < 5
    assert facts.refusal is not None, facts
    assert (facts.picture, facts.video, facts.document, facts.caption) == (None, None, None, None)
    assert facts.refusal.zh != facts.refusal.en
    assert "{" not in facts.refusal.zh + facts.refusal.en
    return facts.refusal.reason


def png_head(width_px: int, height_px: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def webp_head(width_px: int, height_px: int) -> bytes:
    bits = (width_px - 1) | (height_px - 1) << 14
    return (
        b"RIFF"
        + struct.pack("<I", 30)
        + b"WEBPVP8L"
        + struct.pack("<I", 18)
        + b"\x2f"
        + struct.pack("<I", bits)
        + b"\0" * 13
    )


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"

CONTENTS = {
    "empty": ("a.jpg", b"", "empty"),
    "LFS pointer": ("a.mp4", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer"),
    "HLS playlist": ("a.mp4", PLAYLIST, "playlist"),
    "HLS playlist behind a mark": ("a.mp4", b"\xef\xbb\xbf\n" + PLAYLIST, "playlist"),
    "ffconcat": ("a.mp4", b"ffconcat version 1.0\nfile /etc/hostname\n", "playlist"),
    "SDP": ("a.mp4", b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", "playlist"),
    "DASH": ("a.mp4", b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>', "playlist"),
    "EPS": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "wrong-content"),
    "SVG": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "wrong-content"),
    "SVG behind a declaration": (
        "a.png",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "wrong-content",
    ),
    "HTML": ("a.jpg", b"<!DOCTYPE html><html><script>1</script></html>", "wrong-content"),
    "text": ("a.pdf", "只是文字".encode(), "wrong-content"),
    "zeros": ("a.mp4", bytes(5_000), "unreadable"),
    "HEIC": ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50), "unsupported"),
    "BMP": ("a.jpg", b"BM\x36\x00\x00\x00\0\0\0\0\x36\0\0\0" + bytes(60), "unsupported"),
    "ZIP": ("a.bin", b"PK\x05\x06" + bytes(18), "unsupported"),
    "JPEG head alone": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "unreadable"),
    "PNG of 169 MP": ("a.png", png_head(13_000, 13_000), "too-large"),
    "PNG of 51 MP": ("a.png", png_head(10_200, 5_000), "too-large"),
    "WebP of 164 MP in 38 bytes": ("a.webp", webp_head(12_800, 12_800), "too-large"),
    "MP4 without anything": ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp41", "truncated"),
}


@pytest.mark.parametrize(("name", "data", "reason"), CONTENTS.values(), ids=CONTENTS)
def test_content_is_refused_by_name_of_reason(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path) == reason


@pytest.mark.parametrize("name", ["EPS", "SVG", "HTML"])
def test_a_refusal_says_what_the_content_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(CONTENTS[name][1])
    facts = probe_file(path, path.name)
    assert facts.refusal is not None
    assert name in facts.refusal.zh


def test_a_claim_of_webp_is_refused_before_its_decoder_takes_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.webp"
    path.write_bytes(webp_head(12_800, 12_800))
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("opened"))
    assert refused(path) == "too-large"


@pytest.mark.parametrize("options", [{"quality": 50}, {"lossless": True}, {"quality": 50, "exif": b"Exif\0\0MM\0*"}])
def test_the_size_in_a_webp_header_is_the_pictures_size(options: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    quadrants(123, 45).save(path, **options)
    assert webp_size_px(path.read_bytes()[:32]) == (123, 45)


def test_a_jpeg_of_more_than_120_megapixels_is_refused_in_under_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("L", (64, 64)).save(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 12_000, 10_100)
    path.write_bytes(data)
    started_s = time.monotonic()
    assert refused(path) == "too-large"
    assert time.monotonic() - started_s < 1


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".avif"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_picture_is_found_at_probing(suffix: str, share: float, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    Image.effect_noise((200, 150), 90).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert refused(path) in ("truncated", "unreadable") if suffix == ".avif" else refused(path) == "truncated"


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".avi", ".flv"])
@pytest.mark.parametrize("is_table_first", [True, False])
def test_a_cut_video_is_found_at_probing(suffix: str, is_table_first: bool, small_clip: Path, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    flags = ["-movflags", "+faststart"] if is_table_first and suffix == ".mp4" else []
    ffmpeg_run("-stream_loop", "2", "-i", str(small_clip), "-c", "copy", *flags, str(path))
    assert probe_file(path, path.name).refusal is None
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.6)])
    assert refused(path) == "truncated"


def test_a_video_of_ten_hours_is_refused(tmp_path: Path) -> None:
    two = clip(tmp_path / "two.mp4", seconds=0.08, has_sound=False)
    ffmpeg_run("-itsscale", "900000", "-i", str(two), "-c", "copy", str(tmp_path / "a.mkv"))
    assert refused(tmp_path / "a.mkv") == "too-long"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    quadrants(20, 20).save(tmp_path / "real.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    assert refused(tmp_path / "link.png") == "not-regular"


def test_a_linked_folder_inside_a_case_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    case = tmp_path / "case"
    outside.mkdir()
    case.mkdir()
    quadrants(20, 20).save(outside / "a.png")
    (case / "media").symlink_to(outside)
    assert refused(case / "media" / "a.png", "media/a.png") == "not-regular"
    (case / "real").mkdir()
    quadrants(20, 20).save(case / "real" / "a.png")
    assert probe_file(case / "real" / "a.png", "real/a.png").picture is not None


def test_a_folder_that_became_a_link_is_not_recalled(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    media = tmp_path / "case" / "media"
    media.mkdir(parents=True)
    quadrants(20, 20).save(media / "a.png")
    files = [(media / "a.png", "media/a.png")]
    assert probe_all(files, store, workers=0)[str(media / "a.png")].refusal is None
    media.rename(tmp_path / "outside")
    media.symlink_to(tmp_path / "outside")
    refusal = probe_all(files, store, workers=0)[str(media / "a.png")].refusal
    assert refusal is not None
    assert refusal.reason == "not-regular"


def test_a_refused_encode_does_not_tell_where_the_file_lies(
    small_clip: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real child in ffmpeg's place, that complains as ffmpeg does of a file it cannot open."""
    stand_in = tmp_path / "ffmpeg"
    stand_in.write_text(f"#!/bin/sh\necho 'Error opening input file file:{small_clip}.' >&2\nexit 1\n")
    stand_in.chmod(0o755)
    job = job_for(small_clip, VideoRecipe(poster=None))
    monkeypatch.setattr("generator.media.encode.ffmpeg", lambda: Ffmpeg(path=stand_in, version="6.0"))
    refusal = derive(job, store).refusal
    assert refusal is not None
    assert f"Error opening input file {small_clip.name}" in refusal.en
    assert str(small_clip.parent) not in refusal.zh + refusal.en


def test_a_pipe_does_not_hang_the_probe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    facts = probe_file(tmp_path / "a.mp4", "a.mp4")
    assert facts.refusal is not None
    assert (facts.kind, facts.refusal.reason) == ("video", "not-regular")


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    assert refused(tmp_path / "a.jpg") == "not-regular"
    assert refused(tmp_path / "b.jpg") == "missing"


def test_a_playlist_in_a_real_container_reads_no_other_file(small_clip: Path, tmp_path: Path, store: Store) -> None:
    """Even where a job was made for it: encoding asks for the content again."""
    path = tmp_path / "a.mp4"
    path.write_bytes(PLAYLIST)
    outcome = derive(job_for(path, VideoRecipe(poster=None)), store)
    assert outcome.refusal is not None
    assert (outcome.state, outcome.refusal.reason) == ("refused", "wrong-content")
    assert not list(store.root.rglob("*.mp4"))


def test_a_picture_with_another_name_is_what_it_is(tmp_path: Path) -> None:
    quadrants(30, 20).save(tmp_path / "a.mp4", "PNG")
    facts = probe_file(tmp_path / "a.mp4", "a.mp4")
    assert facts.kind == "picture"
    assert facts.picture is not None
    assert facts.picture.format == "PNG"


def test_what_hangs_behind_a_picture_is_not_published(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.jpg"
    quadrants(60, 40).save(path)
    path.write_bytes(path.read_bytes() + b"<script>alert('behind')</script>")
    result = derive(job_for(path, PictureRecipe()), store).result
    assert isinstance(result, PictureSet)
    assert all(b"behind" not in file_of(file, store).read_bytes() for file in result.files)


def test_a_pdf_that_works_too_hard_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_PDF_WALL_S", 1.0)
    path = pdf(tmp_path / "a.pdf", pages=1)
    _with_operators(path, 8_000_000)
    assert refused(path) == "limit"


def _with_operators(path: Path, count: int) -> None:
    """A one-page PDF whose content is drawn from *count* small texts."""
    body = zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * count + b"ET", 1)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(body), body),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj" % number + text + b"endobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(data + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(data))

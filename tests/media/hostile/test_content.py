"""What is not what its name says is refused by its content, by name of reason, at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.media.derivatives import PictureSet, file_of
from generator.media.derive import derive
from generator.media.pictures.images import webp_size_px
from generator.media.probe import probe_file
from generator.media.recipe import PictureRecipe, VideoRecipe
from generator.store import Store
from media.samples import job_for, quadrants

from .made import png, refused, webp_head, zip_of

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
MACROS = zip_of([("word/document.xml", b"<a/>"), ("word/vbaProject.bin", b"x"), ("[Content_Types].xml", b"<a/>")])
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

CONTENTS = {
    "empty": ("a.jpg", b"", "empty"),
    "LFS pointer": ("a.mp4", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer"),
    "HLS playlist": ("a.mp4", PLAYLIST, "playlist"),
    "HLS playlist behind a mark": ("a.mp4", b"\xef\xbb\xbf\n" + PLAYLIST, "playlist"),
    "HLS playlist under its own name": ("a.m3u8", PLAYLIST, "playlist"),
    "ffconcat": ("a.mp4", b"ffconcat version 1.0\nfile /etc/hostname\n", "playlist"),
    "SDP": ("a.mp4", b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", "playlist"),
    "DASH": ("a.mp4", b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>', "playlist"),
    "RTSP": ("a.mp4", b"rtsp://127.0.0.1/stream\n", "playlist"),
    "EPS": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "wrong-content"),
    "SVG": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "wrong-content"),
    "SVG named .jpg": ("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "wrong-content"),
    "SVG behind a declaration": (
        "a.png",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "wrong-content",
    ),
    "HTML": ("a.jpg", b"<!DOCTYPE html><html><script>1</script></html>", "wrong-content"),
    "text": ("a.pdf", "只是文字".encode(), "wrong-content"),
    "zeros": ("a.mp4", bytes(5_000), "unreadable"),
    "BMP": ("a.jpg", b"BM\x36\x00\x00\x00\0\0\0\0\x36\0\0\0" + bytes(60), "unsupported"),
    "ZIP": ("a.bin", b"PK\x05\x06" + bytes(18), "unsupported"),
    "JPEG head alone": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "unreadable"),
    "PNG of 169 MP": ("a.png", png(13_000, 13_000), "too-large"),
    "PNG of 51 MP": ("a.png", png(10_200, 5_000), "too-large"),
    "WebP of 164 MP in 38 bytes": ("a.webp", webp_head(12_800, 12_800), "too-large"),
    "MP4 without anything": ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp41", "truncated"),
    "macros under an innocent name": ("a.docx", MACROS, "macro"),
    "encrypted package": ("a.docx", ENCRYPTED, "encrypted"),
}


@pytest.mark.parametrize(("name", "data", "reason"), CONTENTS.values(), ids=CONTENTS)
def test_content_is_refused_by_name_of_reason(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path, within_s=1) == reason


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


@pytest.mark.parametrize("name", ["HLS playlist", "ffconcat", "SDP", "DASH", "RTSP"])
def test_a_playlist_reads_no_other_file_even_where_a_job_was_made_for_it(
    name: str, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(CONTENTS[name][1])
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


@pytest.mark.parametrize(
    "behind",
    [b"<html><script>alert('behind')</script></html>", zip_of([("behind.html", b"behind")]), b"%PDF-1.4 behind"],
    ids=["HTML", "ZIP", "PDF"],
)
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif"])
def test_what_hangs_behind_a_picture_is_not_published(behind: bytes, suffix: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / f"a{suffix}"
    quadrants(60, 40).save(path)
    path.write_bytes(path.read_bytes() + behind)
    assert probe_file(path, path.name).refusal is None
    result = derive(job_for(path, PictureRecipe(steps_px=(40,))), store).result
    assert isinstance(result, PictureSet)
    assert all(b"behind" not in file_of(file, store).read_bytes() for file in result.files)


def test_all_of_this_takes_no_time(tmp_path: Path) -> None:
    started_s = time.monotonic()
    for number, (name, data, _) in enumerate(CONTENTS.values()):
        path = tmp_path / f"{number}{name}"
        path.write_bytes(data)
        probe_file(path, path.name)
    assert time.monotonic() - started_s < 5

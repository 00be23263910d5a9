"""Files that point elsewhere, at the network or at other files, go through probing and making: nothing goes out, nothing comes in."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.media.children.isolation import Isolation, enforce, isolation
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.tools import ffmpeg
from generator.store import Store
from media.listening import Listener
from media.samples import clip, docx, ffmpeg_run, job_for, quadrants, repacked

from .made import RECIPES, box, boxes, inside, pdf_of, with_table

SECRET = b"SHOWCASE-SECRET-9d1f"


@pytest.fixture(autouse=True)
def _no_isolation() -> Iterator[None]:
    """What the readers themselves keep from doing must not depend on what the machine offers."""
    found = isolation()
    enforce(Isolation())
    yield
    enforce(found)


def through(path: Path, store: Store) -> bytes:
    """Probes a file, makes of it whatever any recipe would, and gives all that came out, words of readers among it."""
    facts = probe_file(path, path.name)
    out = [repr(facts).encode()]
    for recipe in RECIPES.values():
        outcome = derive(job_for(path, recipe), store)
        out.append(repr(outcome.refusal).encode())
    out += [file.read_bytes() for file in store.root.rglob("*") if file.is_file()]
    return b"\n".join(out)


def hls(url: str) -> bytes:
    return f'#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-KEY:METHOD=AES-128,URI="{url}key"\n#EXTINF:1,\n{url}a.ts\n#EXT-X-ENDLIST\n'.encode()


def dash(url: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S">'
        f'<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="9"><BaseURL>{url}a.mp4</BaseURL>'
        '<SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>'
    ).encode()


def sdp(port: int) -> bytes:
    return (
        f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video {port} RTP/AVP 96\r\n"
        "a=rtpmap:96 H264/90000\r\n"
    ).encode()


def svg(url: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}a.png"/></svg>'.encode()


def pdf_pointing(url: str) -> bytes:
    """A PDF that wants to open, to submit, and to draw what lies elsewhere."""
    where = url.encode()
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(" + where + b"open)>>/AA<</WC<</S/SubmitForm/F("
        + where + b"submit)>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 200 200]/A<</S/URI/URI(" + where + b"link)>>>>]>>",
        b"<</Length 28>>stream\nq 200 0 0 200 0 0 cm /X Do Q\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 0"
        b"/F<</FS/URL/F(" + where + b"image)>>>>stream\n\nendstream",
    )  # fmt: skip


def office_pointing(path: Path, url: str) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{relation}/{kind}" Target="{url}{kind}" TargetMode="External"/>'
        for number, kind in enumerate(("attachedTemplate", "image", "oleObject", "frame", "hyperlink"))
    )
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    repacked(docx(path), {"word/_rels/settings.xml.rels": rels.encode()})


def with_references(table: bytes, references: bytes) -> bytes:
    """The table of an MP4 whose tracks all lie where *references*, the entries of a `dref` box, say."""
    found = []
    for name, at, length in boxes(table):
        body = table[at + 8 : at + length]
        if name in (b"trak", b"mdia", b"minf", b"dinf"):
            body = with_references(body, references)
        elif name == b"dref":
            body = bytes(4) + struct.pack(">I", 1) + references
        found.append(box(name, body))
    return b"".join(found)


def alias(path: Path) -> bytes:
    """What QuickTime wrote for a file elsewhere on the disk: as it says, an alias record."""
    place = str(path).replace("/", ":").encode()
    place += b"\0" * (len(place) % 2)
    record = bytes(10) + bytes(28) + bytes(12) + bytes((len(path.name),)) + path.name.encode().ljust(63, b"\0")
    record += bytes(16) + struct.pack(">HH", 1, 1) + bytes(16)
    record += struct.pack(">HH", 2, len(place)) + place + struct.pack(">hH", -1, 0)
    return box(b"alis", bytes(4), record)


def _network(make: Callable[[str, int], bytes], suffix: str) -> Callable[[Path, int], Path]:
    def made(folder: Path, port: int) -> Path:
        path = folder / f"a{suffix}"
        path.write_bytes(make(f"http://127.0.0.1:{port}/", port))
        return path

    return made


def _office(folder: Path, port: int) -> Path:
    office_pointing(folder / "a.docx", f"http://127.0.0.1:{port}/")
    return folder / "a.docx"


def _mov(folder: Path, port: int) -> Path:
    whole = clip(folder / "whole.mov").read_bytes()
    reference = box(b"url ", bytes(4), f"http://127.0.0.1:{port}/a.mov".encode() + b"\0")
    (folder / "a.mov").write_bytes(with_table(whole, with_references(inside(whole, b"moov"), reference)))
    return folder / "a.mov"


POINTING: dict[str, Callable[[Path, int], Path]] = {
    "HLS": _network(lambda url, _: hls(url), ".mp4"),
    "HLS under its own name": _network(lambda url, _: hls(url), ".m3u8"),
    "DASH": _network(lambda url, _: dash(url), ".mp4"),
    "SDP": _network(lambda _, port: sdp(port), ".mp4"),
    "ffconcat": _network(lambda url, _: f"ffconcat version 1.0\nfile {url}a.mp4\n".encode(), ".mp4"),
    "RTSP": _network(lambda _, port: f"rtsp://127.0.0.1:{port}/a\n".encode(), ".mp4"),
    "a list of addresses": _network(lambda url, _: f"{url}a.mp4\n".encode(), ".mp4"),
    "SVG": _network(lambda url, _: svg(url), ".jpg"),
    "PDF": _network(lambda url, _: pdf_pointing(url), ".pdf"),
    "Word": _office,
    "MOV": _mov,
    "captions": _network(lambda url, _: f'1\n00:00:01,000 --> 00:00:02,000\n<img src="{url}a.png">\n'.encode(), ".srt"),
}


@pytest.mark.parametrize("name", POINTING)
def test_a_file_that_points_at_the_network_sends_nothing(name: str, tmp_path: Path, store: Store) -> None:
    listener = Listener()
    path = POINTING[name](tmp_path, listener.port)
    through(path, store)
    assert listener.calls() == 0


def test_an_ffmpeg_without_restraints_would_have_called(tmp_path: Path) -> None:
    """The baits are real: this is what the restraints keep from happening."""
    listener = Listener()
    path = POINTING["HLS"](tmp_path, listener.port)
    argv = [str(ffmpeg().path), "-v", "quiet", "-rw_timeout", "500000", "-protocol_whitelist", "file,http,tcp,crypto"]
    subprocess.run([*argv, "-allowed_extensions", "ALL", "-f", "hls", "-i", str(path), "-f", "null", "-"], check=False)
    assert listener.calls() > 0


LOCAL = {
    "HLS": ("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n"),
    "ffconcat": ("a.mp4", "ffconcat version 1.0\nfile '{secret}'\n"),
    "concat": ("a.mp4", "concat:{secret}|{secret}"),
    "SVG": ("a.png", '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{secret}"/></svg>'),
    "captions": ("a.ass", "[Script Info]\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,{{\\img({secret})}}x\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOCAL)
def test_a_text_that_points_at_another_file_does_not_bring_it_out(name: str, tmp_path: Path, store: Store) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(SECRET)
    path = tmp_path / LOCAL[name][0]
    path.write_text(LOCAL[name][1].format(secret=secret))
    assert SECRET not in through(path, store)


def test_a_pdf_or_word_file_that_points_at_another_file_does_not_bring_it_out(tmp_path: Path, store: Store) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(SECRET)
    (tmp_path / "a.pdf").write_bytes(pdf_pointing(f"file://{secret}?"))
    office_pointing(tmp_path / "a.docx", f"file://{secret}?")
    for name in ("a.pdf", "a.docx"):
        assert SECRET not in through(tmp_path / name, store)


@pytest.fixture
def quicktime(tmp_path: Path) -> Path:
    """A MOV without pictures of its own, whose table leads to those of another file."""
    secret = clip(tmp_path / "secret.mov", has_sound=False)
    whole = secret.read_bytes()
    table = with_references(inside(whole, b"moov"), alias(secret))
    start = next(at for name, at, _ in boxes(whole) if name == b"mdat")
    path = tmp_path / "a.mov"
    path.write_bytes(whole[:start] + box(b"mdat", bytes(64)) + box(b"moov", table))
    return path


def test_a_quicktime_reference_opens_no_other_file(quicktime: Path, store: Store) -> None:
    out = through(quicktime, store)
    assert b"unreadable" in out or b"truncated" in out
    assert not [file for file in store.root.rglob("*") if file.suffix in (".mp4", ".jpg", ".webp", ".avif")]


def test_an_ffmpeg_without_restraints_would_have_opened_it(quicktime: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    ffmpeg_run("-enable_drefs", "1", "-use_absolute_path", "1", "-i", str(quicktime), str(out))
    assert probe_file(out, out.name).video is not None


def test_what_is_attached_to_a_video_stays_behind(small_clip: Path, tmp_path: Path, store: Store) -> None:
    """Fonts and pictures that a Matroska carries, its subtitles, chapters and tags."""
    secret, words = tmp_path / "secret.ttf", tmp_path / "secret.srt"
    secret.write_bytes(SECRET)
    words.write_text(f"1\n00:00:00,100 --> 00:00:00,900\n{SECRET.decode()}\n")
    path = tmp_path / "a.mkv"
    ffmpeg_run(
        "-i", str(small_clip), "-i", str(words), "-attach", str(secret), "-metadata:s:t", "mimetype=font/ttf",
        "-metadata", f"comment={SECRET.decode()}", "-map", "0", "-map", "1", "-c", "copy", "-c:s", "srt", str(path),
    )  # fmt: skip
    assert SECRET in path.read_bytes()
    outcome = derive(job_for(path, RECIPES["video"]), store)
    assert outcome.result is not None
    assert all(SECRET not in file.read_bytes() for file in store.root.rglob("*") if file.is_file())


def test_a_picture_that_hides_another_file_does_not_bring_it_out(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.jpg"
    quadrants(60, 40).save(path, comment=SECRET, exif=b"Exif\0\0MM\0*" + SECRET)
    through(path, store)
    assert all(SECRET not in file.read_bytes() for file in store.root.rglob("*") if file.is_file())

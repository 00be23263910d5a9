"""No bytes crash a reader of our own: they give a value or a refusal, and marks that lie in the text."""

from __future__ import annotations

import contextlib
import io
import math
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.catalog.facts import FileKind
from generator.media.captions import FILE_BYTES, decoded, looks_like_captions, read_captions, webvtt
from generator.media.content import HEAD_BYTES, PICTURES, VIDEOS, Content, content_of, kind_of
from generator.media.documents.office import read_package
from generator.media.documents.office_clean import cleaned_package
from generator.media.documents.scrub import BrokenPictureError, scrubbed, tells_place
from generator.media.pictures.gif import read_gif
from generator.media.pictures.images import JPEG_PIXELS, opened_picture, webp_size_px
from generator.media.pictures.jpeg import refuse_bomb
from generator.media.probe import probe_file
from generator.media.recipe import CaptionRecipe, StoryboardRecipe
from generator.media.refusals import REASONS, UnusableError
from generator.media.video.boxes import has_positions, is_cut
from generator.media.video.loudness import loudness_in
from generator.media.video.renditions import tile_every_s
from generator.media.video.storyboard import clock

from .mutations import few, mutations
from .samples import clip, docx, exif_of_a_phone


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """A refusal is an answer; anything else that is raised is a crash."""
    try:
        yield
    except UnusableError as error:
        assert error.refusal.reason in REASONS


@cache
def _seeds() -> dict[str, bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = {"size": "64x36", "seconds": 0.2}
        found = {
            suffix: clip(folder / f"a.{suffix}", **sizes).read_bytes()  # type: ignore[arg-type]
            for suffix in ("mp4", "mkv", "avi", "flv", "ts")
        }
        found["wmv"] = clip(folder / "a.wmv", after=("-c:v", "wmv2", "-c:a", "wmav2"), **sizes).read_bytes()  # type: ignore[arg-type]
        found["docx"] = docx(folder / "a.docx").read_bytes()
        picture = Image.effect_noise((40, 30), 60).convert("RGB")
        for suffix in ("jpg", "png", "webp", "gif", "avif", "tiff"):
            extra = {"exif": exif_of_a_phone(6)} if suffix in ("jpg", "png", "webp", "tiff") else {}
            picture.save(folder / f"a.{suffix}", **extra)  # type: ignore[arg-type]
            found[suffix] = (folder / f"a.{suffix}").read_bytes()
        frames = [Image.effect_noise((20, 10), 60).convert("P") for _ in range(4)]
        frames[0].save(folder / "m.gif", save_all=True, append_images=frames[1:])
        found["moving gif"] = (folder / "m.gif").read_bytes()
    return found


# Captions

SRT = "1\n00:00:01,000 --> 00:00:02,000\n第一句 <i>话</i>\n\n2\n00:00:03,000 --> 00:00:02,000\n倒退\n".encode()
VTT = (
    "WEBVTT\n\nNOTE x\n\nSTYLE\n::cue{}\n\na\n00:01.000 --> 00:02.000 align:start\n<v 王>一&lt;<00:01.500>二\n".encode()
)
ASS = (
    "[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n[Events]\n"
    "Format: Layer, Start, End, Style, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Default,{\\an8}一\\N二\n"
    "Comment: 0,0:00:01.00,0:00:02.00,Default,x\n"
).encode()
SSA = ASS.replace(b"[V4+ Styles]", b"[V4 Styles]")
CAPTION_PIECES = st.lists(
    st.sampled_from(
        [
            "-->", "\n", "\n\n", "00:00:01,000", "99:99:99.999", "-1:00:00.0", "WEBVTT", "[Events]", "[Script Info]",
            "Format: Start, End, Text", "Dialogue: 0:00:01.00,0:00:02.00,x", "{\\p1}", "<c>", "&#x110000;", "\0", "\r", "1",
            "\ufeff", "字", " ", "Format:", "Dialogue:", "[V4 Styles]", "Style: ", "00:01.000 --> 00:02.000", "{", "}", "\u2028",
        ]
    )
).map("".join)  # fmt: skip


def _assert_captions(data: bytes) -> None:
    looks_like_captions(data)
    with refusing():
        decoded(data)
    with refusing():
        captions = read_captions(io.BytesIO(data), CaptionRecipe())
        assert captions.cues
        assert all(0 <= cue.start_ms < cue.end_ms for cue in captions.cues)
        assert list(captions.cues) == sorted(captions.cues, key=lambda cue: (cue.start_ms, cue.end_ms))
        out = webvtt(captions)
        blocks = out.decode().rstrip("\n").split("\n\n")
        assert blocks[0] == "WEBVTT"
        assert len(blocks) == len(captions.cues) + 1
        assert all(block.count("-->") == 1 and "<" not in block for block in blocks[1:])
        again = read_captions(io.BytesIO(out), CaptionRecipe())
        assert [(cue.start_ms, cue.end_ms) for cue in again.cues] == [(c.start_ms, c.end_ms) for c in captions.cues]


@few
@given(st.binary(max_size=400))
def test_any_bytes_are_captions_or_refused(data: bytes) -> None:
    _assert_captions(data)


@few
@given(CAPTION_PIECES, st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text_made_of_pieces_of_captions_is_captions_or_refused(text: str, encoding: str) -> None:
    _assert_captions(text.encode(encoding, "replace"))


@few
@given(st.sampled_from([SRT, VTT, ASS, SSA]), mutations())
def test_changed_captions_are_captions_or_refused(data: bytes, mutate: Callable[[bytes], bytes]) -> None:
    _assert_captions(mutate(data)[:FILE_BYTES])


# What a file is

STARTS = st.sampled_from(
    [b"", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0AVI ", b"\0\0\0\x18ftypmp42", b"\0\0\0\x18ftypavif",
     b"BM", b"PK\x03\x04", b"\x1aE\xdf\xa3", b"#EXTM3U", b"<svg", b"<?xml", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-1.4", b"G" * 200]
)  # fmt: skip


@few
@given(STARTS, st.binary(max_size=300), st.sampled_from(["", ".mp4", ".jpg", ".srt", ".docx", ".字"]))
def test_any_head_is_something(start: bytes, rest: bytes, suffix: str) -> None:
    content = content_of(start + rest)
    assert content in get_args(Content)
    assert kind_of(content, suffix) in get_args(FileKind)
    if content in PICTURES:  # the suffix speaks only where the content says nothing
        assert kind_of(content, suffix) == "picture"


@few
@given(STARTS, st.binary(max_size=64), st.binary(min_size=1, max_size=64))
def test_what_a_file_is_does_not_depend_on_what_comes_after_its_head(start: bytes, rest: bytes, more: bytes) -> None:
    head = (start + rest + b" " * HEAD_BYTES)[:HEAD_BYTES]
    assert content_of(head + more) == content_of(head)


@few
@given(st.binary(max_size=40), st.sampled_from([b"VP8X", b"VP8L", b"VP8 ", b"ALPH"]))
def test_any_webp_header_has_a_size_or_none(rest: bytes, form: bytes) -> None:
    size_px = webp_size_px(b"RIFF" + rest[:4].ljust(4, b"\0") + b"WEBP" + form + rest)
    assert size_px is None or all(0 <= side <= 1 << 24 for side in size_px)


# Pictures, as far as they are walked by ourselves


@few
@given(st.sampled_from(["gif", "moving gif"]), mutations())
def test_a_changed_gif_is_walked_or_refused(name: str, mutate: Callable[[bytes], bytes]) -> None:
    with refusing():
        walked = read_gif(io.BytesIO(mutate(_seeds()[name])))
        assert all(delay_cs >= 2 for delay_cs in walked.delays_cs)


@few
@given(mutations(), st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_changed_jpeg_is_walked_or_refused(mutate: Callable[[bytes], bytes], width_px: int, height_px: int) -> None:
    file = io.BytesIO(mutate(_seeds()["jpg"]))
    with refusing():
        refuse_bomb(file, (width_px, height_px))
        assert file.tell() == 0  # whoever reads it next begins at its head


@few
@given(st.sampled_from(["jpg", "png", "webp", "gif", "avif"]), mutations())
def test_a_changed_picture_opens_or_is_refused(name: str, mutate: Callable[[bytes], bytes]) -> None:
    with refusing(), opened_picture(io.BytesIO(mutate(_seeds()[name]))) as image:
        image.load()
        assert 0 < image.width * image.height <= JPEG_PIXELS
        assert image.tobytes()


@few
@given(st.sampled_from(["jpg", "png", "webp", "gif", "tiff"]), mutations())
def test_a_changed_picture_inside_a_document_is_scrubbed_or_refused(
    name: str, mutate: Callable[[bytes], bytes]
) -> None:
    data = mutate(_seeds()[name])
    tells_place(data)
    with contextlib.suppress(BrokenPictureError):
        assert not tells_place(scrubbed(data))


# Videos, as far as they are walked by ourselves


@few
@given(st.sampled_from(["mp4", "mkv", "avi", "wmv", "flv", "ts"]), mutations(), st.sampled_from(sorted(VIDEOS)))
def test_the_boxes_of_a_changed_video_are_walked(name: str, mutate: Callable[[bytes], bytes], content: Content) -> None:
    file = io.BytesIO(mutate(_seeds()[name]))
    answers = is_cut(file, content), has_positions(file, content)
    assert all(isinstance(answer, bool) for answer in answers)
    assert answers == (is_cut(file, content), has_positions(file, content))  # wherever the first look left the file


@few
@given(st.text(max_size=300), st.floats(), st.floats())
def test_any_report_of_loudness_is_read_or_passed_over(text: str, loud: float, peak: float) -> None:
    assert loudness_in(text) is None or "Integrated loudness:" in text
    found = loudness_in(f"Integrated loudness:\n    I: {loud} LUFS\n  True peak:\n    Peak: {peak} dBFS\n")
    assert found is None or not (math.isnan(found.integrated_lufs) or math.isnan(found.true_peak_dbtp))


@few
@given(st.floats(0.01, 4 * 3_600))
def test_a_storyboard_never_has_more_tiles_than_fit(duration_s: float) -> None:
    every_s = tile_every_s(duration_s, StoryboardRecipe())
    assert every_s >= 1
    assert math.ceil(duration_s / every_s - 1e-6) <= 100
    assert clock(duration_s).count(":") == 2


# Any file at all, through the whole of the probe


@few
@given(name=st.sampled_from(["mp4", "mkv", "avi", "wmv", "flv", "ts", "jpg", "png", "webp", "gif", "avif", "docx"]), mutate=mutations())  # fmt: skip
def test_a_changed_file_is_described_or_refused(name: str, mutate: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(mutate(_seeds()[name]))
    facts = probe_file(path, path.name)
    known = [part for part in (facts.picture, facts.video, facts.document, facts.caption) if part]
    assert len(known) == (0 if facts.refusal else 1)
    assert facts.refusal is None or facts.refusal.reason in REASONS


# Office packages


def _is_read_or_refused(data: bytes) -> bool:
    """Whether what comes of cleaning it, if it is not refused, can be read."""
    with refusing():
        read_package(io.BytesIO(data))
    with refusing():
        return read_package(io.BytesIO(cleaned_package(io.BytesIO(data)))) is not None
    return True


@few
@given(mutations())
def test_a_changed_package_is_read_or_refused(mutate: Callable[[bytes], bytes]) -> None:
    assert _is_read_or_refused(mutate(_seeds()["docx"]))


@few
@given(st.data(), mutations())
def test_a_package_with_a_changed_part_is_read_or_refused(
    data: st.DataObject, mutate: Callable[[bytes], bytes]
) -> None:
    with zipfile.ZipFile(io.BytesIO(_seeds()["docx"])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = mutate(parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert _is_read_or_refused(buffer.getvalue())

"""Every format, cut at twenty places: refused by name of reason, or accepted by a rule that is stated here."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from generator.catalog.facts import Facts
from generator.media.probe import probe_file
from media.samples import docx, ffmpeg_run, pdf, repacked

PLACES = [(number + 0.5) / 20 for number in range(20)]
NAMED = {"truncated", "unreadable"}
PER_CUT_S = 1.5


def cuts(whole: bytes, suffix: str, tmp_path: Path) -> list[Facts]:
    """The facts of a file cut at twenty places; each in time, with facts or a refusal and never with both."""
    found = []
    for share in PLACES:
        path = tmp_path / f"cut{suffix}"
        path.write_bytes(whole[: max(1, int(len(whole) * share))])
        started_s = time.process_time()
        facts = probe_file(path, path.name)
        assert time.process_time() - started_s < PER_CUT_S
        known = [part for part in (facts.picture, facts.video, facts.document, facts.caption) if part]
        assert len(known) == (0 if facts.refusal else 1), facts
        found.append(facts)
    return found


def reasons(found: list[Facts]) -> set[str]:
    return {facts.refusal.reason if facts.refusal else "" for facts in found}


def _picture(name: str, **options: object) -> Callable[[], bytes]:
    def made() -> bytes:
        buffer = io.BytesIO()
        noise = Image.effect_noise((120, 90), 90).convert("RGB")
        noise.save(buffer, name, **options)
        return buffer.getvalue()

    return made


def _heic() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.effect_noise((120, 90), 90).convert("RGB")).save(buffer, quality=80)
    return buffer.getvalue()


def _moving_gif() -> bytes:
    frames = [Image.effect_noise((60, 40), 90).convert("P") for _ in range(8)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=80)
    return buffer.getvalue()


PICTURES = {
    "JPEG": (".jpg", _picture("JPEG")),
    "progressive JPEG": (".jpg", _picture("JPEG", progressive=True)),
    "PNG": (".png", _picture("PNG")),
    "GIF": (".gif", _picture("GIF")),
    "moving GIF": (".gif", _moving_gif),
    "WebP": (".webp", _picture("WEBP")),
    "lossless WebP": (".webp", _picture("WEBP", lossless=True)),
    "AVIF": (".avif", _picture("AVIF")),
    "HEIC": (".heic", _heic),
}


@pytest.mark.parametrize(("suffix", "make"), PICTURES.values(), ids=PICTURES)
def test_a_cut_picture_is_refused_wherever_it_was_cut(suffix: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    """Never half grey: no picture is accepted that lacks a part."""
    whole = make()
    (tmp_path / f"whole{suffix}").write_bytes(whole)
    assert probe_file(tmp_path / f"whole{suffix}", f"whole{suffix}").refusal is None
    assert reasons(cuts(whole, suffix, tmp_path)) <= NAMED | {"wrong-content"}


H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")
VIDEOS = {
    "MP4, its table last": (".mp4", H264),
    "MP4, its table first": (".mp4", (*H264, "-movflags", "+faststart")),
    "MP4 in fragments": (".mp4", (*H264, "-movflags", "+frag_keyframe+empty_moov")),
    "MOV": (".mov", H264),
    "3GP": (".3gp", H264),
    "MKV": (".mkv", H264),
    "WebM": (".webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")),
    "AVI": (".avi", ("-c:v", "mpeg4", "-c:a", "mp3")),
    "WMV": (".wmv", ("-c:v", "wmv2", "-c:a", "wmav2")),
    "FLV": (".flv", H264),
    "TS": (".ts", H264),
    "MPG": (".mpg", ("-c:v", "mpeg2video", "-c:a", "mp2")),
}
WITHOUT_LENGTH = {"TS", "MPG", "MP4 in fragments", "FLV"}
TOLERATED_S = 0.75  # of the end: players end on the last whole frame anyway


@pytest.mark.parametrize("name", VIDEOS)
def test_a_cut_video_is_refused_or_claims_no_more_than_it_holds(name: str, small_clip: Path, tmp_path: Path) -> None:
    """A stream whose format writes no length down (as of broadcasts) is as long as what is there: that is accepted."""
    suffix, options = VIDEOS[name]
    path = tmp_path / f"whole{suffix}"
    ffmpeg_run("-stream_loop", "2", "-i", str(small_clip), "-g", "10", *options, str(path))
    whole = probe_file(path, path.name)
    assert whole.refusal is None
    assert whole.video is not None
    found = cuts(path.read_bytes(), suffix, tmp_path)
    told = [
        f"{share:.3f} {facts.refusal.reason if facts.refusal else facts.video and facts.video.duration_s}"
        for share, facts in zip(PLACES, found, strict=True)
    ]
    assert reasons(found) <= NAMED | {"", "wrong-content"}, told
    for share, facts in zip(PLACES, found, strict=True):
        if facts.video is None:
            continue
        lost_s = whole.video.duration_s * (1 - share)
        assert name in WITHOUT_LENGTH or lost_s < TOLERATED_S, told
        assert facts.video.duration_s <= whole.video.duration_s + 0.1, told
        if name in WITHOUT_LENGTH:
            assert facts.video.duration_s <= whole.video.duration_s * share + TOLERATED_S, told


def _xlsx(tmp_path: Path) -> Path:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    path = docx(tmp_path / "a.xlsx")
    return repacked(path, {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_cut_office_file_is_refused_wherever_it_was_cut(suffix: str, tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx") if suffix == ".docx" else _xlsx(tmp_path)
    assert reasons(cuts(path.read_bytes(), suffix, tmp_path)) <= NAMED


def test_a_cut_pdf_is_refused_or_keeps_all_its_pages(tmp_path: Path) -> None:
    """Readers rebuild a lost table of contents, and so does ours; a page that is lost for good is not passed over."""
    path = pdf(tmp_path / "a.pdf", pages=8)
    found = cuts(path.read_bytes(), ".pdf", tmp_path)
    assert reasons(found) <= NAMED | {""}
    assert {facts.document.pages for facts in found if facts.document} <= {8}


CUES = 30


def _times(number: int, comma: str) -> tuple[str, str]:
    return f"00:00:{number:02d}{comma}000", f"00:00:{number:02d}{comma}900"


def _srt() -> str:
    return "\n".join(f"{n}\n{' --> '.join(_times(n, ','))}\n第{n}句话，字幕文件。\n" for n in range(1, CUES + 1))


def _vtt() -> str:
    return "WEBVTT\n\n" + "\n".join(
        f"{' --> '.join(_times(n, '.'))}\n第{n}句话，字幕文件。\n" for n in range(1, CUES + 1)
    )


def _ass() -> str:
    head = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    return head + "\n".join(
        f"Dialogue: 0,0:00:{n:02d}.00,0:00:{n:02d}.90,Default,,0,0,0,,第{n}句话，字幕文件。" for n in range(1, CUES + 1)
    )


@pytest.mark.parametrize(("suffix", "text"), [(".srt", _srt()), (".vtt", _vtt()), (".ass", _ass())])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_cut_captions_are_refused_or_are_the_beginning_of_the_whole(
    suffix: str, text: str, encoding: str, tmp_path: Path
) -> None:
    """A text has no length, so what is left of one is read; cut inside a character it is refused."""
    for facts in cuts(text.encode(encoding), suffix, tmp_path):
        if facts.refusal:
            assert facts.refusal.reason in ("unreadable", "no-captions")
            continue
        assert facts.caption is not None
        lines = facts.caption.text.split("\n")
        wanted = [f"第{n}句话，字幕文件。" for n in range(1, CUES + 1)]
        assert lines[:-1] == wanted[: len(lines) - 1]
        assert wanted[len(lines) - 1].startswith(lines[-1])

"""Captions in whatever form and encoding become clean WebVTT."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from generator.catalog.facts import CaptionFacts
from generator.media.captions import FILE_BYTES, read_captions
from generator.media.derivatives import CaptionSet, file_of
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import CaptionRecipe
from generator.store import Store

from .samples import job_for

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n同学们好，今天我们学习平行四边形的面积\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\n请打开智慧教育平台\r\n第二行\r\n\r\n"
)


def facts_of(path: Path) -> CaptionFacts:
    facts = probe_file(path, path.name)
    assert facts.kind == "caption"
    assert facts.caption is not None, facts.refusal
    return facts.caption


def webvtt_of(path: Path, store: Store) -> str:
    outcome = derive(job_for(path, CaptionRecipe()), store)
    assert isinstance(outcome.result, CaptionSet), outcome
    (file,) = outcome.result.files
    assert file.media_type == "text/vtt"
    return file_of(file, store).read_text("utf-8")


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_gives_the_same_webvtt(encoding: str, tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "a.srt", SRT, encoding)
    assert webvtt_of(path, store) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.500\n同学们好，今天我们学习平行四边形的面积\n\n"
        "00:00:03.000 --> 00:00:04.000\n请打开智慧教育平台\n第二行\n"
    )


def test_the_probe_names_the_encoding_and_gives_the_words(tmp_path: Path) -> None:
    facts = facts_of(written(tmp_path / "a.srt", SRT, "gb18030"))
    assert (facts.encoding, facts.cues, facts.dropped) == ("gb18030", 2, ())
    assert "请打开智慧教育平台" in facts.text


@pytest.mark.parametrize("word", ["好", "你好", "谢谢大家", "一二三四"])
def test_a_single_word_is_not_taken_for_another_encoding(word: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{word}\n", "gb18030")
    assert (facts_of(path).encoding, facts_of(path).text) == ("gb18030", word)


def test_traditional_captions_in_big5_are_read(tmp_path: Path) -> None:
    text = "各位同學好，今天我們學習平行四邊形的面積，請大家打開智慧教育平台，觀看影片並回答問題"
    path = written(tmp_path / "a.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n", "big5")
    assert facts_of(path).text == text


def test_backwards_and_empty_cues_are_dropped_and_told(tmp_path: Path, store: Store) -> None:
    text = (
        "1\n00:00:05,000 --> 00:00:04,000\n倒着走\n\n"
        "2\n00:00:06,000 --> 00:00:07,000\n\n"
        "3\n00:00:08,000 --> 00:00:09,000\n好\n"
    )
    path = written(tmp_path / "a.srt", text)
    assert facts_of(path).dropped == (1, 2)
    assert webvtt_of(path, store) == "WEBVTT\n\n00:00:08.000 --> 00:00:09.000\n好\n"


def test_words_cannot_become_markup_or_a_timed_line(tmp_path: Path, store: Store) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n1 < 2 & 3 --> <script>alert(1)</script> x\n"
    body = webvtt_of(written(tmp_path / "a.srt", text), store).split("\n", 3)[3]
    assert "1 &lt; 2 &amp; 3 --&gt;" in body
    assert "<" not in body
    assert "-->" not in body


def test_a_script_is_read_without_its_styles_comments_and_drawings(tmp_path: Path, store: Store) -> None:
    text = (
        "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\b1}第二句{\\b0}\\N换行\n"
        "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,译者注\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,第一句\n"
    )
    assert webvtt_of(written(tmp_path / "a.ass", text), store) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n第一句\n\n00:00:03.000 --> 00:00:04.000\n第二句\n换行\n"
    )


def test_webvtt_loses_notes_styles_and_names_and_keeps_its_words(tmp_path: Path, store: Store) -> None:
    text = (
        "WEBVTT - 标题\n\nSTYLE\n::cue { color: red }\n\nNOTE 译者电话\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start\n<v 张老师>3 &lt; 5</v>\n\nNOTE 又一条\n\n"
        "00:03.000 --> 00:04.000\n好<00:03.500>的\n"
    )
    assert webvtt_of(written(tmp_path / "a.vtt", text), store) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n3 &lt; 5\n\n00:00:03.000 --> 00:00:04.000\n好的\n"
    )


def test_captions_are_known_by_content(tmp_path: Path) -> None:
    assert facts_of(written(tmp_path / "words.txt", SRT)).cues == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("只有文字，没有时间\n", "no-captions"),
        ("1\n00:00:05,000 --> 00:00:04,000\n倒着走\n", "no-captions"),
        ("1\n00:00:01,000 --> 00:00:02,000\n好\n\n" * 20_001, "too-large"),
        ("啊" * 1_000_000, "too-large"),
    ],
)
def test_what_holds_no_captions_is_refused(text: str, reason: str, tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "a.srt", text)
    for refusal in (probe_file(path, path.name).refusal, derive(job_for(path, CaptionRecipe()), store).refusal):
        assert refusal is not None
        assert refusal.reason == reason


def test_a_refused_caption_file_is_a_value_and_stays_refused(tmp_path: Path, store: Store) -> None:
    job = job_for(written(tmp_path / "a.srt", "没有时间\n"), CaptionRecipe())
    for is_second in (False, True):
        if is_second:
            (tmp_path / "a.srt").unlink()  # what is remembered needs no second look
        outcome = derive(job, store)
        assert (outcome.state, outcome.result) == ("refused", None)
        assert outcome.refusal is not None
        assert outcome.refusal.reason == "no-captions"


@pytest.mark.parametrize("filling", ["\n", "{", "1\n\n", " \n\n"])
def test_two_megabytes_of_filling_are_read_in_no_time(filling: str) -> None:
    """Patterns over the whole text took minutes for this, in a worker that may use two."""
    text = "1\n00:00:01,000 --> 00:00:02,000\n好\n\n" + filling * ((FILE_BYTES - 100) // len(filling))
    captions = read_captions(io.BytesIO(text.encode()), CaptionRecipe())
    assert captions.cues[0].text.startswith("好")

"""Every window gets one rendition of a video, and engines that ignore `media` get one that suits them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis.strategies import floats, sets

from generator.pages.media_views import SourceFile, VideoSource
from generator.pages.sources import video_sources

SIZES = {1080: (1920, 1080), 720: (1280, 720), 480: (854, 480)}


def sources(*sizes_px: tuple[int, int]) -> tuple[VideoSource, ...]:
    return video_sources(
        SourceFile(name=f"{w}x{h}", media_type="video/mp4", width_px=w, height_px=h) for w, h in sizes_px
    )


def ladder(*lines: int) -> tuple[VideoSource, ...]:
    return sources(*(SIZES[number] for number in lines))


def matches(media: str, width_em: float) -> bool:
    least = re.search(r"min-width: ([\d.]+)em", media)
    most = re.search(r"max-width: ([\d.]+)em", media)
    return (not least or width_em >= float(least[1])) and (not most or width_em <= float(most[1]))


def played(listed: tuple[VideoSource, ...], width_em: float) -> int:
    return next(source.lines for source in listed if matches(source.media, width_em))


def test_a_phone_a_tablet_and_a_desk_get_their_sizes() -> None:
    listed = ladder(1080, 720, 480)
    assert [played(listed, width_em) for width_em in (20, 24, 39.9, 40, 59.9, 60, 160)] == [
        480,
        480,
        480,
        720,
        720,
        1080,
        1080,
    ]


def test_an_engine_that_ignores_media_gets_the_best_of_at_most_720_lines() -> None:
    assert [ladder(*lines)[0].lines for lines in ((1080, 720, 480), (1080, 720), (1080, 480), (720, 480), (480,))] == [
        720,
        720,
        480,
        720,
        480,
    ]


def test_a_single_file_is_for_every_window_whatever_its_size() -> None:
    for size_px in ((1920, 1080), (854, 480)):
        (only,) = sources(size_px)
        assert only.media == ""


@given(lines=sets(floats(0, 2).map(lambda i: (1080, 720, 480)[int(i)]), min_size=1), width_em=floats(10, 300))
def test_every_window_gets_something_and_what_is_listed_last_is_for_all(lines: set[int], width_em: float) -> None:
    listed = ladder(*sorted(lines, reverse=True))
    assert {source.lines for source in listed} == lines
    assert played(listed, width_em) in lines
    assert listed[-1].media == ""


def test_a_video_is_called_by_the_screen_that_it_fills() -> None:
    called = [
        sources(size_px)[0].lines for size_px in ((1920, 1080), (1080, 1920), (1920, 804), (1440, 1080), (852, 480))
    ]
    assert called == [1080, 1080, 1080, 1080, 480]

"""Which rendition of a video a window gets, and the order in which the page lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.pages.media_views import SourceFile, VideoSource

_SAFE_LINES = 720
_WIDE_EM, _MIDDLE_EM = 60, 40


def video_sources(files: Iterable[SourceFile]) -> tuple[VideoSource, ...]:
    """The renditions of one video in the order of its ``<source>`` elements; every width of a window matches at least one.

    An engine that knows ``media`` plays the first that matches: more than 720 lines in a window of at least 60 em,
    up to 720 lines from 40 em, the smallest in a narrower one. The last is for every window, so that another one
    that cannot be had is replaced.

    The engines that do not know it (Chromium before 120 and so WeChat's X5) play the first of all. They are phones
    and old desktops alike, so the first is the best of at most 720 lines: sharp enough for a desk, light enough
    for a phone.
    """
    ascending = sorted(files, key=lambda file: file.width_px * file.height_px)
    ranges = dict(zip(ascending, _ranges(ascending), strict=True))
    descending = ascending[::-1]
    first = next((file for file in descending if _lines(file) <= _SAFE_LINES), None)
    order = sorted(descending, key=lambda file: file is not first)
    return tuple(
        VideoSource(
            name=file.name,
            media_type=file.media_type,
            lines=_lines(file),
            media="" if file is order[-1] else ranges[file],
        )
        for file in order
    )


def _lines(file: SourceFile) -> int:
    """What people call the size of a video: the height of the 16:9 screen that it fills, turned for a portrait."""
    short_px, long_px = sorted((file.width_px, file.height_px))
    return max(short_px, round(long_px * 9 / 16))


def _ranges(ascending: list[SourceFile]) -> Iterator[str]:
    least_em = [0, *(_WIDE_EM if _lines(file) > _SAFE_LINES else _MIDDLE_EM for file in ascending[1:])]
    for from_em, to_em in zip(least_em, [*least_em[1:], None], strict=False):
        parts = [f"(min-width: {from_em}em)"] if from_em else []
        parts += [f"(max-width: {to_em - 0.01:.2f}em)"] if to_em else []
        yield " and ".join(parts)

"""What to make of an original: recipes, the arithmetic of sizes and times, and the key of a job.

Everything here is a value or computes one. A recipe holds every number that shapes its outputs,
so that changing one makes them anew and changing none makes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.store import key_of

WEBP_LIMIT_PX = 16_383
JPEG_LIMIT_PX = 65_500


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRecipe:
    """A picture as WebP and JPEG at some widths, and a tiny placeholder. FINDINGS: §4."""

    steps_px: tuple[int, ...] = (320, 640, 960, 1600)
    webp_quality: int = 78
    webp_effort: int = 4
    jpeg_quality: int = 80
    backdrop: tuple[int, int, int] = (255, 255, 255)  # behind what is transparent, where JPEG needs it
    placeholder_px: int = 16  # its longer side
    placeholder_bytes: int = 299  # its longest data URI


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterRecipe:
    """A still of a video, not near-uniform, as a picture."""

    later_tries: tuple[float, ...] = (0.5, 0.2, 0.7, 0.05, 0.9)  # of the duration, after `poster_at_s`
    least_deviation: float = 10.0  # of brightness, 0-127; below it a still counts as near-uniform
    picture: PictureRecipe = field(default_factory=PictureRecipe)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One size of a video: the box it must fit whichever way it is turned, and its bit rate."""

    name: str
    short_px: int
    long_px: int
    crf: int
    max_kbps: int
    buffer_kbits: int


RENDITIONS = (
    Rendition(name="1080p", short_px=1080, long_px=1920, crf=23, max_kbps=4_500, buffer_kbits=9_000),
    Rendition(name="720p", short_px=720, long_px=1280, crf=23, max_kbps=2_500, buffer_kbits=5_000),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRecipe:
    """A video as H.264 and AAC in MP4, at no size above its own, with a poster. FINDINGS: §4."""

    renditions: tuple[Rendition, ...] = RENDITIONS  # largest first
    preset: str = "veryfast"
    profile: str = "high"
    level: str = "4.0"
    frame_rate_limit: float = 30.0
    key_frame_every_s: float = 2.0
    audio_kbps: int = 128
    audio_hz: int = 48_000
    poster: PosterRecipe | None = field(default_factory=PosterRecipe)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionRecipe:
    """Captions as WebVTT."""

    cue_limit: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecipe:
    """A document as a download, and a picture of its first page where that can be drawn."""

    first_page: PictureRecipe | None = field(default_factory=PictureRecipe)
    page_width_px: int = 1_600
    page_height_limit_px: int = 4_800


Recipe = PictureRecipe | PosterRecipe | VideoRecipe | CaptionRecipe | DocumentRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One original and what to make of it; small and picklable."""

    source: str  # an absolute path; not part of the key, since a moved file is the same file
    source_sha256: str
    recipe: Recipe
    tool: str  # who makes it, and which version: see `tools.tool_of`

    @property
    def key(self) -> str:
        """What everything made by this job is remembered under; 64 hexadecimal digits."""
        return key_of("media", self.source_sha256, self.recipe, self.tool)


def ladder(width_px: int, steps_px: tuple[int, ...]) -> tuple[int, ...]:
    """The widths to make of an original, ascending, at least one, none above *width_px*.

    Every step that fits, and the width of the original itself where that lies below the last
    step: no detail that was handed in is lost to the space between two steps.

    Raises:
        ValueError: a width is not positive, or there are no steps.
    """
    if width_px <= 0 or not steps_px or min(steps_px) <= 0:
        raise ValueError(f"widths must be positive and steps given, not {width_px} and {steps_px}")
    return tuple(sorted({step for step in steps_px if step <= width_px} | {min(width_px, max(steps_px))}))


def height_at(width_px: int, original_px: tuple[int, int]) -> int:
    """The height of a picture of that width with the shape of *original_px* (width, height); at least 1."""
    own_width_px, own_height_px = original_px
    return max(1, (2 * own_height_px * width_px + own_width_px) // (2 * own_width_px))


def widest_px(original_px: tuple[int, int], limit_px: int) -> int:
    """The largest width, up to the original's own, whose height a format with that limit can hold; at least 1."""
    own_width_px, own_height_px = original_px
    return own_width_px if own_height_px <= limit_px else max(1, limit_px * own_width_px // own_height_px)


def poster_at_s(duration_s: float) -> float:
    """The moment of the still shown before a video plays, in seconds from its start.

    A third of the way in: past the opening titles, short of the closing fade.

    Raises:
        ValueError: *duration_s* is not positive.

    Clause: E23 二2.
    """
    if duration_s <= 0:
        raise ValueError(f"duration_s must be positive, not {duration_s}")
    return duration_s / 3


def poster_tries_s(duration_s: float, recipe: PosterRecipe) -> tuple[float, ...]:
    """The moments to look at for a poster, in the order of preference; the very start is the last resort."""
    return (poster_at_s(duration_s), *(share * duration_s for share in recipe.later_tries), 0.0)


def fitted_px(original_px: tuple[int, int], rendition: Rendition) -> tuple[int, int]:
    """The size of a video in a rendition: inside its box, never larger than the original, both sides even.

    Raises:
        ValueError: a side of the original is not positive.
    """
    short_px, long_px = sorted(original_px)
    if short_px <= 0:
        raise ValueError(f"a video has a positive size, not {original_px}")
    share = min(1.0, rendition.short_px / short_px, rendition.long_px / long_px)
    width_px, height_px = (max(2, int(side * share + 1e-6) // 2 * 2) for side in original_px)
    return width_px, height_px


def planned(
    original_px: tuple[int, int], renditions: tuple[Rendition, ...]
) -> tuple[tuple[Rendition, tuple[int, int]], ...]:
    """The renditions worth making of a video of that size, each with its size, largest first; one at least.

    Of renditions that would come out at one size, the smallest is made: its bit rate is meant for that size.
    """
    by_size = {fitted_px(original_px, rendition): rendition for rendition in renditions}
    return tuple((rendition, size_px) for size_px, rendition in by_size.items())

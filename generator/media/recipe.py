"""What to make of an original: recipes, the arithmetic of sizes and times, and the key of a job.

Everything here is a value or computes one. A recipe holds every number that shapes its outputs,
so that changing one makes them anew and changing none makes nothing.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field
from typing import Literal

from generator.store import key_of_texts, text_of

WEBP_LIMIT_PX = 16_383
JPEG_LIMIT_PX = 65_500
_POSTER_WIDTH_PX = 960
AVIF_PIXELS = 5_000_000
"""The largest AVIF: its encoder takes 26 bytes for each pixel, and a worker has 250 MB in all."""

AVIF_LEAST_PIXELS = 10_000
"""Below this the 300 bytes that every AVIF begins with are more than it saves."""

PictureFormat = Literal["avif", "webp", "jpeg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionRecipe:
    """A moving picture as a silent H.264 video that can run in a loop."""

    width_limit_px: int = 960
    height_limit_px: int = 1_920
    duration_limit_s: int = 60
    canvas_pixels_limit: int = 20_000_000  # a larger one stands still
    pixels_limit: int = 1_500_000_000  # of all frames together as they were drawn; what is later is cut off
    bytes_limit: int = 24_000_000
    crf: int = 23
    preset: str = "veryfast"
    backdrop: str = "white"  # behind what is transparent


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRecipe:
    """A picture as AVIF, WebP and JPEG at some widths, and a tiny placeholder. FINDINGS: §4."""

    formats: tuple[PictureFormat, ...] = ("avif", "webp", "jpeg")  # best first
    steps_px: tuple[int, ...] = (320, 640, 960, 1600)
    own_width_limit_px: int | None = 2_400  # the original's own width, up to this; None: up to the last step
    avif_quality: int = 63
    avif_speed: int = 8
    webp_quality: int = 78
    webp_effort: int = 4
    jpeg_quality: int = 80
    backdrop: tuple[int, int, int] = (255, 255, 255)  # behind what is transparent, where JPEG needs it
    placeholder_px: int = 16  # its longer side
    placeholder_bytes: int = 299  # its longest data URI
    motion: MotionRecipe | None = None  # of a picture that moves


def poster_picture(picture: PictureRecipe) -> PictureRecipe:
    """How the still of a video is made where its pictures are made as *picture* says: no wider than pages show it.

    A player takes one JPEG of at most 960 px, and a card is no wider; the AVIF of 1600 px alone would cost as
    much as all of these together, and a copied video costs little else.
    """
    steps_px = tuple(step for step in picture.steps_px if step <= _POSTER_WIDTH_PX) or picture.steps_px[:1]
    return dataclasses.replace(picture, steps_px=steps_px, own_width_limit_px=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterRecipe:
    """A still of a video, not near-uniform, as a picture; without *picture*, the still alone is chosen and kept."""

    later_tries: tuple[float, ...] = (0.5, 0.2, 0.7, 0.05, 0.9)  # of the duration, after `poster_at_s`
    least_deviation: float = 10.0  # of brightness, 0-127; below it a still counts as near-uniform
    picture: PictureRecipe | None = field(default_factory=lambda: poster_picture(PictureRecipe()))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryboardRecipe:
    """What a video shows at each moment, in small: tiles on one sheet, fitting a box whichever way it is turned."""

    tile_short_px: int = 90
    tile_long_px: int = 160
    columns: int = 10
    rows: int = 10
    least_step_s: float = 1.0
    shortest_s: float = 4.0  # of a video that needs one
    webp_quality: int = 60
    webp_effort: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundRecipe:
    """Sound as AAC in stereo, every video as loud as the next."""

    kbps: int = 128
    hz: int = 48_000
    loudness_lufs: float = -16.0  # integrated, as EBU R 128 measures it
    true_peak_dbtp: float = -1.5  # the highest peak of what is encoded
    raise_limit_db: float = 20.0  # noise is raised no further
    tolerance_lu: float = 1.0  # sound this near, and without higher peaks than the next, is not encoded again
    kept_peak_dbtp: float = -1.0


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
    Rendition(name="480p", short_px=480, long_px=854, crf=23, max_kbps=1_200, buffer_kbits=2_400),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRecipe:
    """A video as H.264 and AAC in MP4, at no size above its own, with a storyboard and a poster. FINDINGS: §4."""

    renditions: tuple[Rendition, ...] = RENDITIONS  # largest first
    preset: str = "veryfast"
    profile: str = "high"
    level: str = "4.0"
    frame_rate_limit: float = 30.0
    key_frame_every_s: float = 2.0
    copies_conforming: bool = True  # what plays everywhere as it is, is published as it is, in one size
    sound: SoundRecipe = field(default_factory=SoundRecipe)
    storyboard: StoryboardRecipe | None = field(default_factory=StoryboardRecipe)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCardRecipe:
    """The picture that is shown beside a link to a page: its words, and how they are set. Its original is the font.

    Colours are those of the site's light scheme. A line that is "" is left out.
    """

    title: str
    kicker: str = ""  # above the title: the call
    foot: str = ""  # below it: who
    badge: str = ""  # the highest honour
    badge_level: str = ""  # its slug, which gives it colour and mark
    site_name: str = ""  # at the head; "" where the title says it
    width_px: int = 1_200
    height_px: int = 630
    title_sizes_px: tuple[tuple[int, int], ...] = (
        (78, 2), (68, 2), (62, 3), (56, 3), (50, 4), (45, 4), (40, 4), (36, 4)
    )  # sizes to try, and in how many lines each  # fmt: skip
    paper: str = "#f6f4ef"
    ink: str = "#17232b"
    ink_2: str = "#43535c"
    brand: str = "#0e5a6d"
    accent: str = "#a8382a"
    colours: int = 64  # of the PNG


Recipe = PictureRecipe | VideoRecipe | CaptionRecipe | DocumentRecipe | ShareCardRecipe


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
        return key_of_texts((b'"media"', text_of(self.source_sha256), _recipe_text(self.recipe), text_of(self.tool)))


@functools.lru_cache(maxsize=64)
def _recipe_text(recipe: Recipe) -> bytes:
    # A build has few recipes and thousands of jobs.
    return text_of(recipe)


def ladder(width_px: int, steps_px: tuple[int, ...], own_width_limit_px: int | None = None) -> tuple[int, ...]:
    """The widths to make of an original, ascending, at least one, none above *width_px*.

    Every step that fits, and the width of the original itself up to *own_width_limit_px*, or without
    one up to the last step: no detail below it is lost to the space between two steps.

    Raises:
        ValueError: a width is not positive, or there are no steps.
    """
    limit_px = max(steps_px, default=0) if own_width_limit_px is None else own_width_limit_px
    if width_px <= 0 or limit_px <= 0 or not steps_px or min(steps_px) <= 0:
        raise ValueError(f"widths must be positive and steps given, not {width_px}, {steps_px} and {limit_px}")
    return tuple(sorted({step for step in steps_px if step <= width_px} | {min(width_px, limit_px)}))


def height_at(width_px: int, original_px: tuple[int, int]) -> int:
    """The height of a picture of that width with the shape of *original_px* (width, height); at least 1."""
    own_width_px, own_height_px = original_px
    return max(1, (2 * own_height_px * width_px + own_width_px) // (2 * own_width_px))


def rungs(
    format_: PictureFormat, widths_px: tuple[int, ...], original_px: tuple[int, int], steps_px: tuple[int, ...]
) -> tuple[int, ...]:
    """Which widths of a ladder a format is made at, ascending.

    None where one of the steps is beyond it: a browser that knows the format would show too small a picture.
    The original's own width, above the last step, may be missing alone. No AVIF of a tiny picture.
    """
    if format_ == "avif" and widths_px[-1] * height_at(widths_px[-1], original_px) < AVIF_LEAST_PIXELS:
        return ()
    fitting = tuple(width_px for width_px in widths_px if _fits(format_, width_px, height_at(width_px, original_px)))
    is_whole = all(width_px in fitting for width_px in widths_px if width_px <= max(steps_px))
    return fitting if is_whole else ()


def _fits(format_: PictureFormat, width_px: int, height_px: int) -> bool:
    match format_:
        case "avif":
            # As with WebP: the levels of AV1 end near this, and what lies beyond them no browser promises to show.
            return width_px * height_px <= AVIF_PIXELS and height_px <= WEBP_LIMIT_PX
        case "webp":
            return height_px <= WEBP_LIMIT_PX
        case "jpeg":
            return height_px <= JPEG_LIMIT_PX


def widest_px(original_px: tuple[int, int], limit_px: int) -> int:
    """The largest width, up to the original's own, whose height a format with that limit can hold; at least 1."""
    own_width_px, own_height_px = original_px
    return own_width_px if own_height_px <= limit_px else max(1, limit_px * own_width_px // own_height_px)

"""Facts of a submitted file, as the probe found them; values, so that rules need not open anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FileKind = Literal["picture", "video", "caption", "document", "other"]

SealSight = Literal["seen", "unseen", "grey"]
"""Whether a scanned page shows a round red seal; grey: the scan has no colours, so that nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """A picture that opens. Sizes in pixels, as shown (after its orientation is applied)."""

    format: str  # JPEG, PNG, WEBP, AVIF, HEIC, GIF
    width_px: int
    height_px: int
    has_gps: bool = False
    is_animated: bool = False
    words: str = ""  # what its metadata say in words, for the privacy rules


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """A video that opens. Sizes as shown (rotation and pixel shape applied)."""

    container: str  # mp4, mov, avi, matroska, asf …
    codec: str
    width_px: int
    height_px: int
    duration_s: float
    frame_rate: float
    has_sound: bool
    has_gps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A PDF or Office file that opens; its text, for the privacy rules."""

    format: str  # pdf, docx, xlsx, pptx, doc …
    pages: int | None = None
    text: str = ""
    properties: tuple[tuple[str, str], ...] = ()  # author, company, comments


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionFacts:
    """A caption file that parses."""

    encoding: str
    cues: int
    dropped: tuple[int, ...] = ()  # numbers of cues that end before they begin, or are empty
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file cannot be used: a short code, and words for people in both languages."""

    reason: str  # e.g. truncated, empty, lfs-pointer, not-regular, too-large, wrong-content, fetch-…
    zh: str
    en: str

    @property
    def is_of_fetching(self) -> bool:
        """Whether the file lies outside the repository and could not be had, or not as the case states it."""
        return self.reason.startswith("fetch-")

    @property
    def is_of_absence(self) -> bool:
        """Whether the file itself is not here, so that this alone can be said of it."""
        return self.is_of_fetching or self.reason in ("lfs-pointer", "missing", "not-regular")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One file of a case folder. Exactly one of the kinds is set, unless it was refused."""

    path: str  # relative to the case folder
    kind: FileKind
    bytes: int
    sha256: str
    picture: PictureFacts | None = None
    video: VideoFacts | None = None
    document: DocumentFacts | None = None
    caption: CaptionFacts | None = None
    seal: SealSight | None = None  # None: nobody looked, or could
    refusal: Refusal | None = field(default=None)

"""What pages show of pictures, videos and documents, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A derivative in a ``srcset``."""

    name: str
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture with its derivatives, smallest first; without any it is shown as a placeholder."""

    width_px: int
    height_px: int
    placeholder: str  # a data: address
    files: tuple[SourceFile, ...]
    alt: str
    caption: str = ""
    credit: str = ""
    motion: str = ""  # the name of a silent MP4, where the picture moves


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """What chat programs and networks show beside a link to a page."""

    name: str  # under media/
    media_type: str
    width_px: int
    height_px: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSource:
    """A rendition of a video as its player offers it."""

    name: str
    media_type: str
    lines: int  # what people call its size: 1080 of “1080P”
    media: str  # the media query of the windows that get it; "" for every window


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoView:
    """A video with its sources in the order that the page lists them."""

    title: str
    width_px: int
    height_px: int
    duration_s: float
    files: tuple[VideoSource, ...]
    poster: PictureView | None
    captions: str = ""  # the name of a .vtt
    storyboard: str = ""  # the name of a .vtt whose cues name tiles of a sprite beside it, with #xywh=
    music: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A document to download, or the bare title of one that is not published."""

    title: str
    kind: str
    extension: str
    name: str  # content-addressed; empty: not published
    download_as: str  # the name people get
    bytes: int
    pages: int | None
    first_page: PictureView | None

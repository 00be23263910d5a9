"""What was made of an original: values for the pages, and the shelf their files stand on."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from generator.catalog.facts import Refusal
from generator.media.recipe import Job
from generator.store import Store, key_of

ROOM = "media"
"""The room of the store that holds derivatives and their manifests."""

_SUFFIXES = {
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "video/mp4": ".mp4",
    "text/vtt": ".vtt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """One file that may be published, under a name that changes whenever its bytes may."""

    name: str  # public: 24 hexadecimal digits and a suffix
    media_type: str
    width_px: int | None  # None for what has no size
    height_px: int | None
    bytes: int
    role: str  # unique within its result: "webp-640", "720p", "captions", "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSet:
    """A picture at several widths, ascending, the best format first; a format that is beyond its size is missing."""

    width_px: int  # of the original, as shown
    height_px: int
    placeholder: str  # a data URI under 300 bytes
    files: tuple[Derivative, ...]
    motion: Derivative | None = None  # of a moving picture: all of it, as a silent MP4


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A frame of a video without loss, kept for other jobs."""

    file: Derivative
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSet:
    """A video in several renditions, largest first."""

    width_px: int  # of the original, as shown
    height_px: int
    duration_s: float
    files: tuple[Derivative, ...]
    poster: PictureSet | None
    storyboard: Derivative | None = None  # a WebVTT whose cues name tiles of `sprite` with #xywh=
    sprite: Derivative | None = None
    still: Still | None = None  # what the poster is made of; never published

    def with_poster(self, poster: PictureSet | None) -> VideoSet:
        """The same video behind its author's own poster; without one (None), behind the still it has."""
        return self if poster is None else dataclasses.replace(self, poster=poster)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionSet:
    """Captions as one WebVTT file."""

    files: tuple[Derivative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSet:
    """A document to download. Without *first_page* the page shows a placeholder."""

    pages: int | None  # None where the format has none
    bytes: int  # of the download
    first_page: PictureSet | None
    files: tuple[Derivative, ...]


Result: TypeAlias = PictureSet | VideoSet | CaptionSet | DocumentSet
State = Literal["made", "hit", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended. *result* is set when it was made or hit, *refusal* when it was not.

    Refused: the file's own fault, remembered. Failed: a tool's, a limit's or the machine's, tried again next time.
    """

    job: Job
    state: State
    result: Result | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the files of one job are put."""

    store: Store
    job_key: str

    def name(self, role: str, media_type: str) -> str:
        """The public name of the job's file in that role."""
        return key_of(self.job_key, role)[:24] + _SUFFIXES[media_type]

    def put(self, role: str, media_type: str, data: bytes, size_px: tuple[int, int] | None = None) -> Derivative:
        """Keep *data* as the job's file in that role."""
        name = PurePosixPath(self.name(role, media_type))
        self.store.keep(ROOM, name.stem, data, name.suffix)
        return self.describe(role, media_type, len(data), size_px)

    @contextlib.contextmanager
    def writing(self, role: str, media_type: str) -> Iterator[Path]:
        """A path to write the job's file in that role to; it gets its name when the block ends well."""
        name = PurePosixPath(self.name(role, media_type))
        with self.store.writing(ROOM, name.stem, name.suffix) as temporary:
            yield temporary

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the disk of the store, gone with all it holds when the block ends."""
        with tempfile.TemporaryDirectory(prefix=f"{self.job_key[:16]}.", dir=self.store.unfinished_dir()) as folder:
            yield Path(folder).absolute()

    def describe(self, role: str, media_type: str, size_bytes: int, size_px: tuple[int, int] | None) -> Derivative:
        """The value for the job's file in that role."""
        width_px, height_px = size_px or (None, None)
        return Derivative(
            name=self.name(role, media_type),
            media_type=media_type,
            width_px=width_px,
            height_px=height_px,
            bytes=size_bytes,
            role=role,
        )


def file_of(derivative: Derivative, store: Store) -> Path:
    """Where the bytes of a derivative stand in the store."""
    name = PurePosixPath(derivative.name)
    return store.path(ROOM, name.stem, name.suffix)


def files_of(result: Result) -> tuple[Derivative, ...]:
    """Every derivative of a result that is published, those of its poster or first page among them."""
    found: tuple[Derivative | None, ...]
    match result:
        case PictureSet():
            found = (*result.files, result.motion)
        case VideoSet():
            found = (*result.files, result.storyboard, result.sprite, *_files_of_picture(result.poster))
        case DocumentSet():
            found = (*result.files, *_files_of_picture(result.first_page))
        case CaptionSet():
            found = result.files
    return tuple(file for file in found if file is not None)


def _files_of_picture(picture: PictureSet | None) -> tuple[Derivative, ...]:
    return () if picture is None else files_of(picture)

"""What the plans in scripts/sample_media ask for, as values."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

Words = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else str(value))]
"""A text; YAML reads 2021 as a number, the writer meant the word."""


class PlanError(ValueError):
    """A plan cannot be read: the file, the entry and what is wrong with it."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    case: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")

    @property
    def path(self) -> str:
        """The file relative to the folder of all cases."""
        return f"{self.case}/{self.file}"

    @property
    def seed(self) -> int:
        """A number that belongs to this path alone."""
        return int.from_bytes(hashlib.sha256(self.path.encode()).digest()[:8], "big")

    def rng(self) -> random.Random:
        """Chance that is the same on every run."""
        return random.Random(self.seed)


class Sheet(BaseModel):
    """What stands on a worksheet: a head such as 班级：四（2）班, and a text for each label or none at all.

    Lines of an answer are parted by " / "; boxes are printed squares with blue words in them or empty;
    marks are red.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    head: Words = Field(pattern="：")
    answers: tuple[Words, ...] = ()
    boxes: tuple[Words, ...] = ()
    marks: tuple[Words, ...] = ()


class Picture(_Entry):
    """A drawn picture; the size in pixels is that of the stored file."""

    scene: str
    title: Words = ""
    labels: tuple[Words, ...] = ()
    values: tuple[float, ...] = ()
    sheet: Sheet | None = None
    size: tuple[int, int] = (4032, 3024)
    min_mb: float | None = None
    orientation: Literal[1, 3, 6, 8] = 1
    makernote: bool = False
    cmyk: bool = False
    icc: Literal["display-p3"] | None = None

    @model_validator(mode="after")
    def _has_a_value_for_each_label(self) -> Picture:
        if self.values and len(self.values) != len(self.labels):
            raise ValueError(f"{len(self.labels)} labels and {len(self.values)} values")
        for texts in (self.sheet.answers, self.sheet.boxes, self.sheet.marks) if self.sheet else ():
            if texts and len(texts) != len(self.labels):
                raise ValueError(f"{len(self.labels)} labels and {len(texts)} texts on the sheet")
        return self


class Shot(BaseModel):
    """One scene of a video."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scene: str
    title: Words = ""
    labels: tuple[Words, ...] = ()
    values: tuple[float, ...] = ()


def _as_shot(value: object) -> object:
    return {"scene": value} if isinstance(value, str) else value


class Movie(_Entry):
    """A video of drawn shots; the duration in seconds, the size in pixels."""

    video: Literal[True]
    shots: tuple[Annotated[Shot, BeforeValidator(_as_shot)], ...] = Field(min_length=1)
    title: Words = ""
    duration: float = 12.0
    size: tuple[int, int] = (1920, 1080)
    fps: int = 25
    sound: Literal["speech", "music", "none"] = "none"
    captions: str | None = None
    captions_encoding: str = "utf-8"
    lines: tuple[Words, ...] = ()


class Paper(_Entry):
    """A PDF or Word document."""

    document: Literal[True]
    title: Words
    paragraphs: tuple[Words, ...]
    table: tuple[tuple[Words, ...], ...] = ()


Entry = Picture | Movie | Paper
_ENTRIES: TypeAdapter[list[Entry]] = TypeAdapter(list[Entry])


def read_plans(folder: Path) -> list[Entry]:
    """The entries of every plan in *folder*, by file name and then in their order.

    Raises:
        PlanError: a plan is not as its schema says, or two entries name one file.
    """
    entries: list[Entry] = []
    for plan in sorted(folder.glob("*.yml")):
        try:
            entries += _ENTRIES.validate_python(yaml.safe_load(plan.read_text(encoding="utf-8")) or [])
        except (yaml.YAMLError, ValidationError) as error:
            raise PlanError(f"{plan.name}: {error}") from error
    seen: set[str] = set()
    for path in (path for entry in entries for path in files_of(entry)):
        if path in seen:
            raise PlanError(f"{path} is planned twice")
        seen.add(path)
    return entries


def files_of(entry: Entry) -> tuple[str, ...]:
    """The files that *entry* makes, relative to the folder of all cases."""
    if isinstance(entry, Movie) and entry.captions:
        return (entry.path, f"{entry.case}/{entry.captions}")
    return (entry.path,)

"""A case as its front matter states it. DOMAIN: section 2, “Case front matter”.

Fields for phones, e-mail addresses or identity numbers do not exist here; a file that
brings one is refused by name (rule PRV001), and what belongs there stays in the
office's own register.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StringConstraints

from generator.catalog.values import LEVELS, HiddenData, HttpUrl, Level, Line, Prose, Slug, Value, Year


def _inside(path: str) -> str:
    """Refuses a path that is absolute or steps out of its folder."""
    if path.startswith("/") or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError("必须是案例目录内的相对路径，例如 media/class.jpg")
    return path


MediaPath = Annotated[str, StringConstraints(pattern=r"^[^\\\x00-\x1f]+$", max_length=240), AfterValidator(_inside)]
"""A file relative to the case folder, with "/" on every system, never leaving it."""

Written = Annotated[str, StringConstraints(max_length=1_000)]
"""A text as its author wrote it; rules judge it."""

Month = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A year, month or day: ``2021``, ``2021-03``, ``2021-03-15``."""

Address = Annotated[str, StringConstraints(pattern=r"^/?[a-z0-9-]+(/[a-z0-9-]+)*/?$", max_length=120)]
"""An old address of a case: ASCII words between single strokes."""

ApplicantRole = Literal["教师", "行政", "学生", "家长"]
Status = Literal["草稿", "已公布", "已撤回"]
ProjectState = Literal["申报", "立项", "在建", "验收"]


class Unit(Value):
    """The school, office or bureau that handed the case in."""

    name: Line
    region: Slug  # a slug of regions.yml
    kind: Line | None = None  # a word of vocabulary.yml, “unit_kinds”
    tags: tuple[Line, ...] = ()


class Author(Value):
    """One of at most five writers. Pupils and parents are stored masked (王同学, 李**)."""

    name: Line
    unit: Line | None = None
    role: ApplicantRole = "教师"


class Period(Value):
    """When the work was done; an open end is work that goes on."""

    from_: Month = Field(alias="from")
    to: Month | None = None


class _Original(Value):
    """A file that a case names. With *source* it lies outside the repository, at that address, and has that SHA-256."""

    file: MediaPath
    source: Written | None = None
    sha256: Written | None = None


class Picture(_Original):
    """A picture of the gallery or the body, with the words for who cannot see it."""

    alt: Line
    caption: Line | None = None
    credit: Line | None = None


class Video(_Original):
    """A video as submitted. ``narration: none`` says that nobody speaks in it."""

    title: Line
    captions: MediaPath | None = None
    poster: MediaPath | None = None
    narration: Literal["none", "spoken"] | None = None
    music: Line | None = None


class Attachment(_Original):
    """A supporting document: offered as a download with its first page as a picture."""

    title: Line
    kind: Line  # a word of vocabulary.yml, “attachment_kinds”
    hidden: HiddenData | None = None  # None: as the campaign says


class Link(Value):
    """A related address."""

    title: Line
    url: HttpUrl


class Honor(Value):
    """One award; a case may hold several, on several levels."""

    level: Level
    grade: Line  # a word of vocabulary.yml, “grades”
    year: Year
    doc_no: Line | None = None


class FurongSchool(Value):
    """A Furong school and the village teaching points that it helps."""

    name: Line
    points: tuple[Line, ...] = ()


class Partners(Value):
    """芙蓉网络联校: a lead school, its 2-3 Furong schools, and each one's 2-3 teaching points. Clause: Y20 二2."""

    lead: Line
    furong: tuple[FurongSchool, ...] = ()


class Project(Value):
    """Where a pilot stands. Clause: Y20 一, Y21 一."""

    status: ProjectState


class Consent(Value):
    """What the author agreed to, when, and what was done about children in the pictures."""

    given: StrictBool
    date: datetime.date | None = None
    scope: tuple[Line, ...] = ()
    minors: Line | None = None


AllowedRule = Literal["PRV002", "PRV003", "PRV004", "PRV005", "PRV009", "PRV010", "PRV011", "PRV012"]
"""What looks private in a text. A field for it (PRV001) and the place of a picture (MED011) are never allowed."""


class Allowance(Value):
    """Why something that looks private may stand: a school's own telephone, a number made up for a lesson.

    With *shown* it is what the report shows so alone (``0730-****34``), else everything that the rule finds.
    """

    rule: AllowedRule
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=200)]
    shown: Line | None = None


class Case(Value):
    """Everything that a case says about itself; its body and folder stand in `Submission`."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120, pattern=r"^[^\r\n]*$")]
    subtitle: Line | None = None
    unit: Unit
    category: Line
    themes: tuple[Line, ...] = ()
    topics: tuple[Line, ...] = ()
    keywords: tuple[Line, ...] = ()
    stage: tuple[Line, ...] = ()
    subject: tuple[Line, ...] = ()
    period: Period | None = None
    authors: tuple[Author, ...] = ()
    summary: Prose = ""
    intro: Prose = ""
    self_review: Prose = ""
    partners: Partners | None = None
    project: Project | None = None
    cover: MediaPath | None = None
    pictures: tuple[Picture, ...] = ()
    videos: tuple[Video, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    honors: tuple[Honor, ...] = ()
    consent: Consent | None = None
    original: StrictBool | None = None
    allow: tuple[Allowance, ...] = ()
    status: Status = "草稿"
    published: datetime.date | None = None
    updated: datetime.date | None = None
    aliases: tuple[Address, ...] = ()
    related: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")], ...] = ()

    @property
    def highest(self) -> Honor | None:
        """The honour on the highest level (the latest of equals), or None."""
        return max(self.honors, key=lambda honor: (LEVELS.index(honor.level), honor.year), default=None)

    @property
    def is_public(self) -> bool:
        """Published and awarded: what the site shows. DOMAIN: decision 7."""
        return self.status == "已公布" and bool(self.honors)

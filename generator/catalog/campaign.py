"""A call (campaign) as data: everything its notice says. DOMAIN: section 2, “campaign.yml”."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.catalog.demands import Category, Form, Format, Limit, Material, Section, Topic
from generator.catalog.values import Clause, DocumentTerms, HttpUrl, Level, Line, Prose, Slug, Source, Value, Year


class Issuer(Value):
    """Who issued the notice."""

    unit: Line
    level: Level


class QuotaWhere(Value):
    """The part of a quota that must belong to a theme."""

    theme: Line
    min: int | None = None
    max: int | None = None


class Quota(Clause):
    """How many a unit, county, prefecture or the province may or must hand in."""

    scope: Literal["单位", "县市", "市州", "省"]
    unit: Slug | None = None  # a region, for a table of places
    category: Line | None = None
    where: QuotaWhere | None = None
    min: int | None = None
    max: int | None = None
    exact: int | None = None
    was: int | None = None  # the number before an amendment


class Grade(Value):
    """A grade of an award and its share."""

    grade: Line
    share: int


class Awards(Clause):
    """Shares of the grades, and the rate of awards among submissions where one is set."""

    level: Level
    grades: tuple[Grade, ...]
    rate: float | None = None


class Moment(Clause):
    """A date or range of the call; `was` is the date before an amendment."""

    what: Line
    from_: datetime.date | None = Field(default=None, alias="from")
    to: datetime.date | None = None
    was: datetime.date | None = None
    hard: bool = False


class Stage(Clause):
    """A step of the selection."""

    name: Line
    description: Prose = ""


class SubmissionRoute(Clause):
    """The way in: who hands in to whom, and through which channels."""

    route: tuple[Line, ...] = ()
    channels: tuple[Line, ...] = ()
    submitted_by: tuple[Line, ...] = ()


class Eligibility(Clause):
    """Who may take part."""

    actors: tuple[Line, ...] = ()
    units: tuple[Line, ...] = ()
    priority: tuple[Line, ...] = ()
    exclude: tuple[Line, ...] = ()


class ConsentTerms(Clause):
    """How far taking part is an agreement to publish."""

    mode: Literal["implied", "explicit", "unstated"]
    uses: tuple[Line, ...] = ()
    text: Prose = ""
    original_required: bool = False


class Survey(Clause):
    """A questionnaire of the call; closed ones lose their link."""

    audience: Line
    url: HttpUrl
    closed: bool = False


class NamedLink(Value):
    """An address that the notice names."""

    title: Line
    url: HttpUrl


class MustReport(Clause):
    """Units with this tag had to hand something in."""

    tag: Line
    units: tuple[Line, ...] = ()


class Received(Value):
    """How many submissions came in; numbers only."""

    region: Slug
    count: int = Field(ge=0)
    category: Line | None = None
    theme: Line | None = None


class Publication(Clause):
    """公示: from when to when the list stands open to objections, and where to send them."""

    site: bool = True
    from_: datetime.date | None = Field(default=None, alias="from")
    to: datetime.date | None = None
    objections: Prose = ""


class Statement(Clause):
    """A sentence of the notice that guides writers, or a theme, with nothing to compute."""

    text: Prose


class Contact(Value):
    """The office's public contact; persons and mobiles have no place here."""

    office: Line


class Campaign(Value):
    """A call. `resolve` in `inheritance` gives it what it takes over from `parent` and `amends`."""

    id: Slug
    tag: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d$")] | None = None  # how clauses name its notice: E23
    kind: Literal["案例遴选", "试点项目"]
    title: Line
    short_title: Line
    year: Year
    issuer: Issuer
    doc_no: Line | None = None
    issued: datetime.date | None = None
    status: Literal["征集中", "评审中", "公示中", "已公布", "已归档"]
    parent: Slug | None = None
    amends: Slug | None = None
    based_on: tuple[Line, ...] = ()
    summary: Prose = ""
    eligibility: Eligibility = Eligibility()
    categories: tuple[Category, ...] = ()
    themes: tuple[Statement, ...] = ()
    topics: tuple[Topic, ...] = ()
    limits: tuple[Limit, ...] = ()
    formats: tuple[Format, ...] = ()
    template: tuple[Section, ...] = ()
    materials: tuple[Material, ...] = ()
    forms: tuple[Form, ...] = ()
    quotas: tuple[Quota, ...] = ()
    awards: Awards | None = None
    timeline: tuple[Moment, ...] = ()
    stages: tuple[Stage, ...] = ()
    guidance: tuple[Statement, ...] = ()
    assessment: tuple[Statement, ...] = ()  # what taking part counts for
    submission: SubmissionRoute = SubmissionRoute()
    consent: ConsentTerms | None = None
    surveys: tuple[Survey, ...] = ()
    links: tuple[NamedLink, ...] = ()
    must_report: tuple[MustReport, ...] = ()
    received: tuple[Received, ...] = ()
    publication: Publication | None = None
    documents: DocumentTerms = DocumentTerms()
    contact: Contact | None = None
    mask_roles: tuple[Line, ...] = ("学生", "家长")
    sources: tuple[Source, ...] = ()  # of single values above (doc_no, issued, status …)

    @property
    def is_open(self) -> bool:
        """Whether its list stands open to objections (公示中): nothing of it is final yet. DOMAIN: decision 7."""
        return self.status == "公示中"

    @property
    def notice_name(self) -> str:
        """How people name its notice: by its number, else by its title."""
        return self.doc_no or f"《{self.title}》通知"

    def category(self, code: str) -> Category | None:
        """The category of that code, or None."""
        return next((category for category in self.categories if category.code == code), None)

"""What a call asks of a case: categories and topics, bounds, formats, the template, materials and forms. DOMAIN: section 2."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.catalog.values import Clause, Line, Prose, Slug, Value

Severity = Literal["error", "warning", "info"]
Op = Literal["max", "min", "about"]
Medium = Literal["text", "video"]
Target = Literal[
    "title", "summary", "body", "self_review", "intro", "outline",  # texts, counted in 字
    "authors", "attachments", "illustrations",  # lists, counted
    "partners.furong", "partners.points",  # schools of a 芙蓉网络联校, points of each school
    "picture.size", "video.height",  # facts of a submitted file, in bytes and pixels (shorter side)
    "video.captions",  # caption files of each narrated video
]  # fmt: skip


class When(Value):
    """What a rule applies to; an empty list means: all."""

    category: tuple[Line, ...] = ()
    media: Medium | None = None


class Category(Clause):
    """A category of a call; `code` is the call's own word (A1, 区域), `group` joins calls (区域, 学校 …)."""

    code: Line
    name: Line
    group: Line  # a word of vocabulary.yml, “groups”
    slug: Slug  # the last part of /category/<campaign>-<slug>/
    description: Prose = ""
    media: tuple[Medium, ...] = ("text",)
    topics: tuple[Line, ...] = ()


class Topic(Clause):
    """A subject that the call proposes or demands."""

    name: Line
    no: int | None = None
    category: tuple[Line, ...] = ()  # codes; empty: all
    group: Line | None = None  # the heading it stands under in the notice
    required: bool = False
    description: Prose = ""


class Limit(Clause):
    """A bound with the severity that its wording gives it (“原则上”, “左右” warn)."""

    target: Target
    op: Op
    value: int = Field(ge=0)
    unit: Literal["字", "人", "项", "张", "所", "字节", "像素", "份"]
    severity: Severity = "error"
    when: When = When()
    tolerance: float = 0.2  # for `about`: the share by which it may be missed


class Format(Clause):
    """File formats that a call accepts, by kind of file."""

    kind: Literal["document", "picture", "video", "text"]
    extensions: tuple[Line, ...]  # lower case, no dot; empty: any that plays
    severity: Severity = "error"
    when: When = When()


class Section(Clause):
    """A part of the text that the call's template asks for."""

    heading: Line
    level: int = Field(default=2, ge=2, le=4)
    field: Line | None = None  # the front matter field that carries it, if it is not a heading of the body
    required: bool = True
    guidance: Prose = ""
    aliases: tuple[Line, ...] = ()
    when: When = When()


class Material(Clause):
    """A paper of the submission."""

    name: Line
    description: Prose = ""
    copies: Line | None = None


class FormField(Value):
    """A cell of a form: the case field it fills, or private and never stored."""

    key: Line
    label: Line
    public: bool
    group: Line | None = None


class Form(Clause):
    """A form of the call."""

    id: Slug
    title: Line
    fields: tuple[FormField, ...]

"""What every value of the catalogue shares: immutability, refusal of unknown fields, where a rule was written."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""An ASCII part of an address: lower-case words joined by hyphens."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\r\n]*$")]
"""A text of one line that says something."""

_FOLD = re.compile(r"(?<=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e”’]) (?=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e“‘])")


def unfolded(text: str) -> str:
    """*text* without the blanks that YAML puts where a line of Chinese was folded."""
    return _FOLD.sub("", text)


Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50_000), AfterValidator(unfolded)]
"""A text of any number of paragraphs."""

HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2_000)]

Year = Annotated[int, Field(ge=1990, le=2100)]

Level = Literal["县级", "市级", "省级", "国家级"]
"""The levels that an honour can be given on, lowest first."""

LEVELS: tuple[Level, ...] = ("县级", "市级", "省级", "国家级")


HiddenData = Literal["清除", "扣留"]
"""What becomes of a document that tells more than its pages show: that is removed, or the document is held back."""


class Value(BaseModel):
    """A frozen value, complete when built; a field it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)


class Source(Value):
    """Where a rule of a call stands: the clause (“E23 二2”) and its words."""

    clause: Line
    quote: Prose = ""


class Clause(Value):
    """A statement of a call, with its source and what must be said when it is shown."""

    source: Source | None = None
    ambiguous: bool = False  # the notice can be read in two ways; pages and reports say so
    note: Prose = ""
    inherited_from: Slug | None = None  # set by `resolve`, never written in a file


class DocumentTerms(Value):
    """How documents are published that tell more than their pages show (author, comments …)."""

    hidden: HiddenData = "清除"

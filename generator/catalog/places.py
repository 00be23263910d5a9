"""The words that calls and cases share: regions, stages, grades, groups, kinds, topics, with their addresses."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from generator.catalog.values import Level, Line, Slug, Value


class Region(Value):
    """A county, city, district, prefecture or province."""

    slug: Slug
    code: Line | None = None  # the national code of administrative divisions
    name: Line
    short: Line
    kind: Literal["省", "市州", "县市区", "功能区", "市直", "州直"]
    parent: Slug | None = None
    aliases: tuple[Line, ...] = ()


class Regions(Value):
    """All regions, in the order that lists show them."""

    regions: tuple[Region, ...]

    @cached_property
    def by_slug(self) -> dict[str, Region]:
        """Regions by slug."""
        return {region.slug: region for region in self.regions}


class Term(Value):
    """A word with its address; aliases are other ways to write it."""

    name: Line
    slug: Slug
    aliases: tuple[Line, ...] = ()


class LevelTerm(Value):
    """A level of honours."""

    name: Level
    slug: Slug


class GradeTerm(Value):
    """A grade of honours; `rank` orders them, 1 the highest."""

    name: Line
    slug: Slug
    rank: int = Field(ge=1)
    kind: Literal["等次", "称号", "试点"]


class WrongWord(Value):
    """A word that is nearly always a slip, and what tells where it is none. A doubled word is meant once."""

    wrong: Line
    right: Line | None = None
    only_in: tuple[Line, ...] = ()  # it counts as a part of these words alone
    except_in: tuple[Line, ...] = ()  # as a part of these words it is right
    near: tuple[Line, ...] = ()  # it counts where one of these stands close by
    not_near: tuple[Line, ...] = ()
    hint: bool = False  # people differ: it is mentioned, not blamed

    @property
    def meant(self) -> str:
        """What was probably meant."""
        return self.right or self.wrong[: len(self.wrong) // 2]


class Vocabulary(Value):
    """The closed lists, the open one of topics, and words that nobody means."""

    levels: tuple[LevelTerm, ...]
    grades: tuple[GradeTerm, ...]
    groups: tuple[Term, ...]
    stages: tuple[Term, ...]
    subjects: tuple[Term, ...]
    topics: tuple[Term, ...]
    unit_kinds: tuple[Line, ...]
    attachment_kinds: tuple[Term, ...]
    wrong_words: tuple[WrongWord, ...] = ()

    @cached_property
    def grade_by_name(self) -> dict[str, GradeTerm]:
        """Grades by name."""
        return {grade.name: grade for grade in self.grades}

    @cached_property
    def topic_by_name(self) -> dict[str, Term]:
        """Topics by name and by alias."""
        return {name: topic for topic in self.topics for name in (topic.name, *topic.aliases)}

    @cached_property
    def wrong_word_by_text(self) -> dict[str, WrongWord]:
        """Wrong words by what is written."""
        return {word.wrong: word for word in self.wrong_words}

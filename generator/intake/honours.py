"""An award list against the cases of its call: which row names which case, how surely, and what is to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from generator.catalog.places import Vocabulary
from generator.intake.folding import counts_alike, folded, is_same_unit, likeness
from generator.intake.insertion import scalar
from generator.intake.sheets import Read, SheetRow

SURE = 0.9
"""From this likeness of titles on, with the same unit and the same numbers in both, a row is taken for the case.

Of a title of twenty characters one may be wrong, missing or too many. A title that is equal once folded needs the same
unit, too, unless the list has no column of units and no other case has that title.
"""

POSSIBLE = 0.6
"""Below it two titles have nothing to do with each other; between it and `SURE` a person decides."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "grade": (
        "等次",
        "奖次",
        "奖项",
        "奖级",
        "获奖等次",
        "获奖等级",
        "获奖级别",
        "评选结果",
        "结果",
        "等级",
        "奖励等级",
    ),
}

Certainty = Literal["sure", "doubtful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case of the call: what its front matter says of itself, even where that is not a whole case."""

    slug: str
    title: str
    unit: str
    honors: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What is given: the same for every row, but for the grade."""

    level: str
    year: int
    doc_no: str | None = None

    def item(self, grade: str) -> str:
        """The honour as a value in one line."""
        number = f", doc_no: {scalar(self.doc_no)}" if self.doc_no else ""
        return f"{{level: {self.level}, grade: {grade}, year: {self.year}{number}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A row, its grade, and the case that it names."""

    row: SheetRow
    grade: str
    case: Candidate
    certainty: Certainty
    why: str = ""  # what makes it doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What became of every row and every case."""

    matches: tuple[Match, ...]
    unknown: tuple[tuple[SheetRow, str], ...]  # rows that name no case, or no grade, with the reason
    unnamed: tuple[Candidate, ...]  # cases that no row names, not even doubtfully


def grade_of(text: str, vocabulary: Vocabulary) -> str | None:
    """The grade that *text* means: 壹等奖, 一等, “一等奖（10个）”, 优秀; None if it means none."""
    plain = re.sub(r"[（(].*", "", text).translate(str.maketrans("壹贰叁", "一二三"))
    wanted = folded(plain)
    if not wanted:
        return None
    names = list(vocabulary.grade_by_name)
    return next((n for n in names if wanted in (n, n.removesuffix("奖"), n.removesuffix("案例"), f"{n}奖")), None)


def matched(read: Read, cases: Sequence[Candidate], vocabulary: Vocabulary) -> Matching:
    """Finds for every row of *read* the case that it names, each case for one row at most.

    Two rows that name one case are both doubtful, whatever their likeness.
    """
    found: list[Match] = []
    unknown: list[tuple[SheetRow, str]] = []
    for row in read.rows:
        written = row.cells.get("grade") or row.section
        grade = grade_of(written, vocabulary)
        if grade is None:
            unknown.append((row, f"等次“{written}”认不出来" if written else "没有写等次"))
            continue
        best = _best(row, grade, cases)
        if best is None:
            unknown.append((row, "没有这个案例"))
        else:
            found.append(best)
    times: dict[str, int] = {}
    for match in found:
        times[match.case.slug] = times.get(match.case.slug, 0) + 1
    matches = tuple(match if times[match.case.slug] == 1 else _doubt(match, "名单里不止一行像是它") for match in found)
    named = {match.case.slug for match in matches}
    return Matching(
        matches=matches, unknown=tuple(unknown), unnamed=tuple(case for case in cases if case.slug not in named)
    )


def _doubt(match: Match, why: str) -> Match:
    return Match(row=match.row, grade=match.grade, case=match.case, certainty="doubtful", why=why)


def _best(row: SheetRow, grade: str, cases: Sequence[Candidate]) -> Match | None:
    title, unit = row.cells["title"], row.cells.get("unit", "")
    # A case of the same unit goes before one whose title is only a little more like it.
    scored = sorted(
        ((likeness(title, case.title), bool(unit) and is_same_unit(unit, case.unit), case) for case in cases),
        key=lambda scored: (-(scored[0] + 0.1 * scored[1]), scored[2].slug),
    )
    if not scored or scored[0][0] < POSSIBLE:
        return None
    alike, is_unit, case = scored[0]
    rival = next((other for other in scored[1:] if other[0] >= SURE and other[1] == is_unit), None)
    why = ""
    if unit and not is_unit:
        why = "单位不同"
    elif not counts_alike(title, case.title):
        why = "标题里的数字或方位不同"
    elif alike < (SURE if unit else 1):
        why = f"标题只有 {alike:.0%} 相同"
    elif rival:
        why = f"也像 {rival[2].slug}"
    return Match(row=row, grade=grade, case=case, certainty="doubtful" if why else "sure", why=why)


def standing(match: Match, award: Award, vocabulary: Vocabulary) -> tuple[Literal["new", "there", "against"], str]:
    """Whether the honour is new to the case, stands there, or speaks against one that does; and what to say of it.

    Of one year and level a case has one grade; a pilot may be approved and accepted in one year. DOMAIN: decision 7.
    """
    kinds = {name: term.kind for name, term in vocabulary.grade_by_name.items()}
    for honor in match.case.honors:
        if (honor.get("level"), honor.get("year")) != (award.level, award.year):
            continue
        if honor.get("grade") == match.grade:
            number = honor.get("doc_no")
            is_other = award.doc_no and number != award.doc_no
            return "there", f"文号写的是“{number}”" if is_other and number else "没有写文号" if is_other else ""
        if kinds.get(str(honor.get("grade"))) != "试点" or kinds.get(match.grade) != "试点":
            return "against", f"已登记 {award.year}年{award.level}{honor.get('grade')}，名单是{match.grade}"
    return "new", ""

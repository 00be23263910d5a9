"""Award lists, computed from the honours of the cases: who won what, and how near the shares came. DOMAIN: decision 2, table 1.4."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalog.campaign import Awards, Campaign
from generator.catalog.case import Honor
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import LEVELS, Level
from generator.pages.call_views import CampaignCard, Row
from generator.pages.callrows import spoken_clause
from generator.pages.groups import Entry
from generator.pages.result_views import (
    CategoryBlock,
    CountRow,
    GradeBlock,
    ListedResults,
    NoticeView,
    ResultRow,
    ResultsView,
    ShareRow,
    Step,
)
from generator.pages.views import LinkView


def largest_remainder(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """*total* dealt out after *shares*; the rest goes to the largest remainders, the earlier of equals first.

    The notices do not say how to round (table 1.4, row 49): this is a proposal and fails nobody.

    Raises:
        ValueError: no share is positive, or one is negative.
    """
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError(f"shares must be positive, not {shares}")
    dealt = [total * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % whole), i))
    for i in by_remainder[: total - sum(dealt)]:
        dealt[i] += 1
    return tuple(dealt)


def award_level(campaign: Campaign) -> Level:
    """The level of the call's own honours: that of its awards, else its issuer's."""
    return campaign.awards.level if campaign.awards else campaign.issuer.level


def spoken_category(campaign: Campaign, code: str) -> str:
    """“A1 区域案例：…”; a code that the name says already is not said twice."""
    category = campaign.category(code)
    if category is None or code in category.name:
        return category.name if category else code
    return f"{code} {category.name}"


def results_view(
    campaign: Campaign, entries: Sequence[Entry], card: CampaignCard, regions: Regions, vocabulary: Vocabulary
) -> ResultsView:
    """The list of *campaign*, grade by grade, in each category by category; *entries* are its cases, none of them withheld.

    While the call is 公示中, rows have title and unit alone, and there is nothing to download: such a list is
    not final, and a copy of it would outlive the objections. DOMAIN: decision 7.
    """
    level = award_level(campaign)
    is_open = campaign.is_open
    winners: dict[str, list[tuple[Entry, Honor]]] = {}
    for entry in entries:
        for honor in entry.case.honors:
            if honor.level == level:
                winners.setdefault(honor.grade, []).append((entry, honor))
    writer = _Writer(campaign, regions, vocabulary, is_open=is_open)
    ranked = sorted(winners, key=lambda grade: vocabulary.grade_by_name[grade].rank)
    grades = tuple(writer.grade(grade, winners[grade]) for grade in ranked)
    listed = {entry.id: entry for members in winners.values() for entry, _ in members}
    counts = {grade: len(members) for grade, members in winners.items()}
    awards = campaign.awards
    rows = [row for grade in grades for category in grade.categories for row in category.rows]
    return ResultsView(
        campaign=card,
        is_open=is_open,
        has_authors=any(row.authors for row in rows),
        has_paths=any(row.path for row in rows),
        grades=grades,
        total=len(listed),
        level=level,
        above=() if is_open else _above(level, list(listed.values())),
        by_category=() if is_open else _by_category(campaign, [winners[grade] for grade in ranked]),
        shares=share_rows(awards, counts) if awards and not is_open else (),
        rate="" if is_open or campaign.kind == "试点项目" else _rate(campaign, len(listed)),
        ratio_source=_ratio_source(awards),
        notice=_notice(campaign),
        csv_url="" if is_open or not rows else f"results/{campaign.id}/results.csv",
        xlsx_url="" if is_open or not rows else f"results/{campaign.id}/results.xlsx",
    )


def listed_results(view: ResultsView, title: str) -> ListedResults:
    """The list as the list of lists shows it, under *title*."""
    return ListedResults(
        title=title,
        campaign=view.campaign,
        grades=tuple(
            LinkView(text=grade.name, url=f"{view.campaign.results_url}#{grade.slug}", count=grade.count)
            for grade in view.grades
        ),
        total=view.total,
        csv_url=view.csv_url,
        xlsx_url=view.xlsx_url,
    )


class _Writer:
    """Numbers the rows of one list and remembers which cases have their anchor."""

    def __init__(self, campaign: Campaign, regions: Regions, vocabulary: Vocabulary, *, is_open: bool) -> None:
        self._campaign = campaign
        self._regions = regions
        self._places = {region.slug: i for i, region in enumerate(regions.regions)}
        self._codes = {category.code: i for i, category in enumerate(campaign.categories)}
        self._vocabulary = vocabulary
        self._level_slugs = {level.name: level.slug for level in vocabulary.levels}
        self._is_open = is_open
        self._anchored: set[str] = set()
        self._number = 0

    def grade(self, name: str, winners: Sequence[tuple[Entry, Honor]]) -> GradeBlock:
        """The winners of one grade by category, then in the order of regions, units and addresses."""
        rooms: dict[str, list[ResultRow]] = {}
        for entry, honor in sorted(winners, key=lambda winner: self._order(winner[0])):
            label = "" if self._is_open else spoken_category(self._campaign, entry.case.category)
            rooms.setdefault(label, []).append(self._row(entry, honor))
        return GradeBlock(
            name=name,
            slug=f"grade-{self._vocabulary.grade_by_name[name].slug}",
            count=len(winners),
            categories=tuple(CategoryBlock(label=label, rows=tuple(rows)) for label, rows in rooms.items()),
        )

    def _order(self, entry: Entry) -> tuple[int, str, int, str, str]:
        code, unit = entry.case.category, entry.case.unit
        place = self._places.get(unit.region, len(self._places))
        return self._codes.get(code, len(self._codes)), code, place, unit.name, entry.id

    def _row(self, entry: Entry, honor: Honor) -> ResultRow:
        self._number += 1
        is_first = entry.id not in self._anchored
        self._anchored.add(entry.id)
        case = entry.case
        if self._is_open:
            return ResultRow(
                number=self._number, anchor=entry.slug, is_first=is_first, title=case.title, unit=case.unit.name
            )
        region = self._regions.by_slug.get(case.unit.region)
        return ResultRow(
            number=self._number,
            anchor=entry.slug,
            is_first=is_first,
            title=case.title,
            unit=case.unit.name,
            url=entry.url,
            authors="、".join(author.name for author in case.authors),
            region=region.name if region else "",
            year=honor.year,
            doc_no=honor.doc_no or "",
            path=self._path(case.honors, honor),
        )

    def _path(self, honors: Sequence[Honor], here: Honor) -> tuple[Step, ...]:
        """From the lowest level up, on one level by year; a level that the case does not hold is no step."""
        if len(honors) < 2:
            return ()
        return tuple(
            Step(
                text=f"{honor.level} · {honor.grade}",
                level_slug=self._level_slugs[honor.level],
                year=honor.year,
                is_here=honor is here,
            )
            for honor in sorted(honors, key=lambda honor: (LEVELS.index(honor.level), honor.year))
        )


def _above(level: Level, entries: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    higher = LEVELS[LEVELS.index(level) + 1 :]
    found = ((name, sum(any(honor.level == name for honor in e.case.honors) for e in entries)) for name in higher)
    return tuple((name, count) for name, count in found if count)


def _by_category(campaign: Campaign, grades: Sequence[Sequence[tuple[Entry, Honor]]]) -> tuple[CountRow, ...]:
    """Every category of the call, those without a winner too: an empty row is an answer."""
    counts = {category.code: [0] * len(grades) for category in campaign.categories}
    for i, winners in enumerate(grades):
        for entry, _ in winners:
            counts.setdefault(entry.case.category, [0] * len(grades))[i] += 1
    if len(counts) < 2:
        return ()
    return tuple(
        CountRow(label=spoken_category(campaign, code), counts=tuple(row), total=sum(row))
        for code, row in counts.items()
    )


def share_rows(awards: Awards, counts: dict[str, int]) -> tuple[ShareRow, ...]:
    """The grades of *awards* with their shares, the numbers that these propose, and the actual *counts*."""
    total = sum(counts.get(grade.grade, 0) for grade in awards.grades)
    proposal = largest_remainder(total, [grade.share for grade in awards.grades])
    return tuple(
        ShareRow(
            grade=grade.grade,
            wished_share=grade.share,
            proposal=wished,
            actual=counts.get(grade.grade, 0),
            actual_share=f"{counts.get(grade.grade, 0) / total:.0%}" if total else "",
        )
        for grade, wished in zip(awards.grades, proposal, strict=True)
    )


def _ratio_source(awards: Awards | None) -> Row | None:
    if awards is None or awards.source is None:
        return None
    return Row(cells=(), clause=spoken_clause(awards.source.clause), quote=awards.source.quote, note=awards.note)


def _rate(campaign: Campaign, awarded: int) -> str:
    """The rate of awards among submissions, in words; without registered numbers it says so and accuses nobody."""
    wished = f"获奖率控制在 {campaign.awards.rate:.0%}" if campaign.awards and campaign.awards.rate else ""
    received = sum(row.count for row in campaign.received)
    if not campaign.received:
        return f"{wished}；报送数未登记，无法计算实际获奖率。" if wished else "报送数未登记，本站不推算获奖率。"
    actual = f"共收到报送案例 {received} 个，本站收录获奖案例 {awarded} 个"
    return (
        f"{wished}；{actual}，占 {awarded / received:.0%}。" if wished and received else f"{actual}，并非全部获奖名单。"
    )


def _notice(campaign: Campaign) -> NoticeView | None:
    public = campaign.publication
    if not campaign.is_open and not (public and public.from_ and public.to):
        return None
    return NoticeView(
        from_=public.from_.isoformat() if public and public.from_ else "",
        to=public.to.isoformat() if public and public.to else "",
        objections=public.objections if public else "",
        office=campaign.contact.office if campaign.contact else campaign.issuer.unit,
        note=public.note if public else "",
    )

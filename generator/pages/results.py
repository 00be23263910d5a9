"""Award lists, computed from the honours of the cases: who won what, and how near the shares came. DOMAIN: decision 2, table 1.4."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalog.campaign import Awards, Campaign
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import Level
from generator.pages.call_views import CampaignCard, ResultRow, ResultsView, Row, ShareRow
from generator.pages.callrows import spoken_clause
from generator.pages.cards import badges
from generator.pages.groups import Entry


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


def results_view(
    campaign: Campaign, entries: Sequence[Entry], card: CampaignCard, regions: Regions, vocabulary: Vocabulary
) -> ResultsView:
    """The list of *campaign*, grade by grade, in each by category; *entries* are its public cases."""
    level = award_level(campaign)
    codes = [category.code for category in campaign.categories]
    grades: dict[str, list[Entry]] = {}
    for entry in entries:
        for honor in entry.case.honors:
            if honor.level == level:
                grades.setdefault(honor.grade, []).append(entry)
    ranked = sorted(grades, key=lambda grade: vocabulary.grade_by_name[grade].rank)
    anchored: set[str] = set()
    listed: list[tuple[str, tuple[ResultRow, ...]]] = []
    for grade in ranked:
        members = sorted(grades[grade], key=lambda e: (_index(codes, e.case.category), e.case.unit.name, e.id))
        rows = tuple(
            _row(number, entry, entry.id not in anchored, level, regions, vocabulary)
            for number, entry in enumerate(members, 1)
        )
        anchored |= {entry.id for entry in members}
        listed.append((grade, rows))
    awards = campaign.awards
    total = len({entry.id for members in grades.values() for entry in members})
    counts = {grade: len(members) for grade, members in grades.items()}
    return ResultsView(
        campaign=card,
        grades=tuple(listed),
        total=total,
        level=level,
        shares=_shares(awards, counts) if awards else (),
        rate=_rate(campaign, total),
        ratio_source=Row(
            cells=(), clause=spoken_clause(awards.source.clause), quote=awards.source.quote, note=awards.note
        )
        if awards and awards.source
        else None,
        publication=_publication(campaign),
    )


def _index(codes: Sequence[str], code: str) -> int:
    return codes.index(code) if code in codes else len(codes)


def _row(
    number: int, entry: Entry, is_first: bool, level: Level, regions: Regions, vocabulary: Vocabulary
) -> ResultRow:
    region = regions.by_slug.get(entry.case.unit.region)
    category = entry.campaign.category(entry.case.category)
    return ResultRow(
        number=number,
        anchor=entry.slug,
        is_first=is_first,
        category=category.code if category else entry.case.category,
        title=entry.case.title,
        url=entry.url,
        unit=entry.case.unit.name,
        region=region.name if region else "",
        others=tuple(badge for badge in badges(entry.case, vocabulary) if not badge.text.startswith(level)),
    )


def _shares(awards: Awards, counts: dict[str, int]) -> tuple[ShareRow, ...]:
    total = sum(counts.get(grade.grade, 0) for grade in awards.grades)
    proposal = largest_remainder(total, [grade.share for grade in awards.grades])
    return tuple(
        ShareRow(grade=grade.grade, wished_share=grade.share, proposal=wished, actual=counts.get(grade.grade, 0))
        for grade, wished in zip(awards.grades, proposal, strict=True)
    )


def _rate(campaign: Campaign, awarded: int) -> str:
    """The rate of awards among submissions, in words; without registered numbers it says so and accuses nobody."""
    wished = f"获奖率控制在 {campaign.awards.rate:.0%}" if campaign.awards and campaign.awards.rate else ""
    received = sum(row.count for row in campaign.received)
    if not campaign.received:
        return f"{wished}；报送数未登记，无法计算实际获奖率。" if wished else "报送数未登记，本站不推算获奖率。"
    actual = f"共收到报送案例 {received} 个，本站收录获奖案例 {awarded} 个"
    return f"{wished}；{actual}，占 {awarded / received:.0%}。" if wished else f"{actual}，并非全部获奖名单。"


def _publication(campaign: Campaign) -> tuple[str, str, str]:
    public = campaign.publication
    if public is None or public.from_ is None or public.to is None:
        return "", "", ""
    return public.from_.isoformat(), public.to.isoformat(), public.objections

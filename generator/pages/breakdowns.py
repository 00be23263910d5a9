"""The public cases counted by year, level, grade, category, place, stage and topic: one table each, and its charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.catalog.places import Region, Regions
from generator.catalog.values import LEVELS
from generator.pages.charts import MARKS, bar_chart
from generator.pages.figure_views import Bar, Breakdown, Chart, Sheet
from generator.pages.groups import Entry, Group

MOST_BARS = 12
"""Bars of a chart whose groups are many (topics); the table has all of them."""

HIGHEST_FIRST = tuple(reversed(LEVELS))
_LEVEL_COLUMNS = tuple(f"最高荣誉{name}" for name in HIGHEST_FIRST)

HEADINGS: Mapping[str, str] = {
    "year": "按年份",
    "level": "按级别",
    "grade": "按等次",
    "category": "按类别",
    "region": "按县市区",
    "stage": "按学段",
    "topic": "按主题",
}
"""Every way of counting, in the order of the page."""

_STACKED = ("year", "category")
_ONCE = "每个案例只算一次，各行相加就是案例总数。"
_COUNTED: Mapping[str, str] = {
    "year": f"年份是征集活动的年份，不是颁奖的年份。{_ONCE}",
    "level": "一个案例在几个级别得到荣誉，就在这几个级别各算一次，所以各行相加可能多于案例总数。",
    "grade": "一个案例得到几种等次，就在这几种等次各算一次；同一等次在几个级别得到，只算一次。“立项”和“验收通过”是试点项目的结果，不是奖项。",
    "category": f"各次活动自己的类别归并为四类。{_ONCE}",
    "region": f"按申报单位登记的地区计。“案例数”只计直接登记在这个地区的案例，{_ONCE}“含下辖”再加上所辖县市区的案例，与地区页面的数目一致。",
    "stage": "一个案例涉及几个学段，就在这几个学段各算一次。",
    "topic": "一个案例有几个主题，就在这几个主题各算一次；同义的说法并为一个主题。",
}
_BY_HIGHEST = "图中每一段和表中“最高荣誉”各列，按案例得到的最高一级荣誉计，每个案例只算在一级里。"
_UNREGISTERED = {"stage": "没有登记学段", "topic": "没有登记本站主题表中的主题"}


def breakdown(kind: str, groups: Sequence[Group], entries: Sequence[Entry], levels: Mapping[str, str]) -> Breakdown:
    """*entries* counted by the *groups* of one kind; *levels* gives the slug of each level's name.

    The sum of the last four columns of a row is its number of cases. A topic's chart shows the largest, largest first;
    all others keep the order of lists.
    """
    shown = [group for group in groups if kind != "category" or "-" not in group.slug]  # not those of single calls
    if kind == "topic":
        shown.sort(key=lambda group: -len(group.members))
    total = len(entries)
    bars = [_bar(group) for group in shown]
    said = finding(bars, total)
    drawn = [_marked(bar, levels) for bar in bars] if kind == "level" else bars[:MOST_BARS] if kind == "topic" else bars
    is_stacked = kind in _STACKED
    stack = tuple(levels[name] for name in HIGHEST_FIRST) if is_stacked else ()
    missing = _missing(shown, entries) if kind in _UNREGISTERED else 0
    return Breakdown(
        kind=kind,
        heading=HEADINGS[kind],
        is_stacked=is_stacked,
        charts=(
            Chart(
                caption="",
                finding=said,
                bars=tuple(drawn),
                svg=bar_chart(kind, f"公开案例{HEADINGS[kind]}", said, drawn, stack),
            ),
        ),
        left_out=len(bars) - len(drawn),
        counted=(
            _COUNTED[kind],
            *((_BY_HIGHEST,) if is_stacked else ()),
            *((f"另有 {missing} 个案例{_UNREGISTERED[kind]}，不在表内。",) if missing else ()),
        ),
        sheet=Sheet(
            path=f"statistics/{kind}.csv",
            header=(HEADINGS[kind].removeprefix("按"), "案例数", "占比", *_LEVEL_COLUMNS),
            rows=tuple((bar.label, bar.count, percent(bar.count, total), *bar.parts) for bar in bars),
        ),
        urls=tuple(group.url for group in shown),
    )


def by_region(groups: Sequence[Group], regions: Regions, total: int) -> Breakdown:
    """By place, drawn prefecture by prefecture in the official order: nobody is ranked. DOMAIN: section 3.

    A case counts where its unit is registered; a prefecture's row has a column that includes what lies in it.
    """
    own = {
        group.slug: [member for member in group.members if member.case.unit.region == group.slug] for group in groups
    }
    rows: list[tuple[str | int, ...]] = []
    for group in groups:
        region = regions.by_slug[group.slug]
        above = regions.by_slug.get(region.parent or "")
        members = own[group.slug]
        rows.append(
            (
                group.label,
                above.name if above and above.kind != "省" else "",
                len(members),
                len(group.members),
                percent(len(members), total),
                *parts_by_level(members),
            )
        )
    return Breakdown(
        kind="region",
        heading=HEADINGS["region"],
        is_stacked=False,
        charts=tuple(_prefecture_charts(groups, regions, {slug: len(members) for slug, members in own.items()})),
        left_out=0,
        counted=(_COUNTED["region"],),
        sheet=Sheet(
            path="statistics/region.csv",
            header=("地区", "所属市州", "案例数", "含下辖", "占比", *_LEVEL_COLUMNS),
            rows=tuple(rows),
        ),
        urls=tuple(group.url for group in groups),
    )


def parts_by_level(entries: Sequence[Entry]) -> tuple[int, ...]:
    """How many of *entries* have their highest honour on each level, the highest level first; they add up to all."""
    counts = Counter(honor.level for entry in entries if (honor := entry.case.highest))
    return tuple(counts[level] for level in HIGHEST_FIRST)


def finding(bars: Sequence[Bar], total: int) -> str:
    """What a chart says, in a sentence: which of its bars are longest, and their share of *total*."""
    most = max((bar.count for bar in bars), default=0)
    if not most:
        return "还没有公布的案例。"
    longest = [bar.label for bar in bars if bar.count == most]
    each = "各" if len(longest) > 1 else ""
    names = "、".join(longest) if len(longest) <= 3 else f"{'、'.join(longest[:3])}等 {len(longest)} 项"
    return f"{names}最多，{each}有 {most} 个，{each}占全部 {total} 个案例的 {percent(most, total)}。"


def percent(count: int, total: int) -> str:
    """“33.3%”, halves rounded up as people do; of nothing, “0.0%”."""
    tenths = (2_000 * count + total) // (2 * total) if total else 0
    return f"{tenths // 10}.{tenths % 10}%"


def _bar(group: Group) -> Bar:
    return Bar(label=group.label, count=len(group.members), parts=parts_by_level(group.members))


def _marked(bar: Bar, levels: Mapping[str, str]) -> Bar:
    """The bar of a level with the mark of its badges."""
    return Bar(label=f"{MARKS[levels[bar.label]]} {bar.label}", count=bar.count, parts=bar.parts)


def _missing(groups: Sequence[Group], entries: Sequence[Entry]) -> int:
    """How many of *entries* stand in none of *groups*."""
    found = {member.id for group in groups for member in group.members}
    return sum(1 for entry in entries if entry.id not in found)


def _prefecture_charts(groups: Sequence[Group], regions: Regions, own: Mapping[str, int]) -> list[Chart]:
    """A chart for each prefecture whose counties have cases, and one for all the others."""
    homes: dict[str, list[Region]] = {}
    for group in groups:
        region = regions.by_slug[group.slug]
        homes.setdefault(region.slug if region.kind == "市州" else region.parent or region.slug, []).append(region)
    whole = [places[0] for places in homes.values() if len(places) == 1]
    drawn = [(regions.by_slug[home].name, places) for home, places in homes.items() if len(places) > 1]
    if whole:
        drawn.append(("其他市州" if drawn else "各市州", whole))
    most = max(own.values(), default=0)  # one scale for all of them: they stand beside each other
    found = []
    for i, (caption, places) in enumerate(drawn):
        is_divided = places is not whole
        bars = [
            Bar(label=_place_label(place, is_divided=is_divided), count=own[place.slug])
            for place in places
            if own[place.slug]
        ]
        said = f"{caption}共 {sum(bar.count for bar in bars)} 个案例，来自 {len(bars)} 个地区。"
        svg = bar_chart(f"region-{i}", f"{caption}公开案例按地区", said, bars, most=most)
        found.append(Chart(caption=caption, finding=said, bars=tuple(bars), svg=svg))
    return found


def _place_label(place: Region, *, is_divided: bool) -> str:
    """A prefecture among its counties stands for the cases that name none of them."""
    return f"{place.short}（未分县市区）" if place.kind == "市州" and is_divided else place.name

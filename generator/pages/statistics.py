"""The page of statistics: everything on it is counted from the public cases and from what calls registered."""

from __future__ import annotations

from generator.pages.breakdowns import HEADINGS, HIGHEST_FIRST, breakdown, by_region
from generator.pages.charts import MARKS, PATTERNS
from generator.pages.counties import place_tables, places_sheet
from generator.pages.figure_views import Sheet, StatisticsView
from generator.pages.site_values import HOME, SiteValues
from generator.pages.views import Page


def statistics(view: StatisticsView) -> Page:
    """The page. DOMAIN: section 3, “statistics”."""
    return Page(
        url="statistics/",
        template="statistics.html",
        title="统计",
        description=f"{view.figures[0][0]} 个公开案例按年份、级别、等次、类别、县市区、学段和主题的统计，附表格与数据下载。",
        view=view,
        crumbs=(HOME,),
        section="statistics",
    )


def statistics_view(site: SiteValues) -> StatisticsView:
    """What the page shows; a way of counting in which nothing is found is left out."""
    levels: dict[str, str] = {level.name: level.slug for level in site.catalog.vocabulary.levels}
    units = {entry.case.unit.name for entry in site.entries}
    regions = {entry.case.unit.region for entry in site.entries}
    calls = {entry.campaign.id for entry in site.entries}
    tables = place_tables(site)
    return StatisticsView(
        figures=(
            (len(site.entries), "公开案例"),
            (len(calls), "征集活动"),
            (len(units), "学校和单位"),
            (len(regions), "来自地区"),
        ),
        patterns=PATTERNS,
        series=tuple((levels[name], MARKS[levels[name]], name) for name in HIGHEST_FIRST),
        breakdowns=tuple(
            by_region(site.groups[kind], site.catalog.regions, len(site.entries))
            if kind == "region"
            else breakdown(kind, site.groups[kind], site.entries, levels)
            for kind in HEADINGS
            if site.groups[kind]
        ),
        places=tables,
        places_sheet=places_sheet(tables),
    )


def sheets(view: StatisticsView) -> tuple[Sheet, ...]:
    """Every table of the page that is a file, too."""
    return (*(found.sheet for found in view.breakdowns), view.places_sheet)

"""The page of the open data: which files there are, what stands in them, and what may be relied on. DOMAIN: section 3."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.callpage import list_title
from generator.pages.feeds import feeds
from generator.pages.opendata import CASE_COLUMNS, HONOUR_COLUMNS, Column, rights
from generator.pages.records import CHANGES, VERSION, FieldRow, field_rows
from generator.pages.resulttable import COLUMNS
from generator.pages.site_values import SiteValues
from generator.pages.views import LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file to download."""

    url: str
    what: str
    format: str
    count: str  # “32 个案例”


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a call's notice says of showing and using its cases."""

    call: LinkView
    text: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """The page of the open data."""

    version: str
    rights: str
    files: tuple[FileRow, ...]
    feeds: tuple[tuple[str, tuple[LinkView, ...]], ...]  # label and feeds
    fields: tuple[FieldRow, ...]
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # file, and its columns with their meaning
    list_columns: tuple[str, ...]
    lists: tuple[tuple[str, str, str], ...]  # title of an award list, its CSV, its workbook
    terms: tuple[Terms, ...]
    waiting: tuple[LinkView, ...]  # lists that stand open to objections
    changes: tuple[tuple[str, str], ...]


def data_view(site: SiteValues) -> DataView:
    """What the page shows of the data as they are now."""
    public = site.entries
    honors = sum(len(entry.case.honors) for entry in public)
    made = feeds(site.entries, site.groups)
    kinds = (("全站", "feeds/all"), ("按活动", "feeds/campaign/"), ("按地区", "feeds/region/"))
    waiting = {entry.campaign.id for entry in site.waiting}
    with_cases = {entry.campaign.id for entry in site.entries}
    final = [c for c in site.campaigns if c.id in with_cases]
    return DataView(
        version=VERSION,
        rights=rights(site.site_name),
        files=(
            FileRow(url="data/cases.json", what="每个案例的全部字段", format="JSON", count=f"{len(public)} 个案例"),
            FileRow(url="data/cases.csv", what="每个案例一行", format="CSV", count=f"{len(public)} 个案例"),
            FileRow(url="data/results.csv", what="每项荣誉一行", format="CSV", count=f"{honors} 项荣誉"),
            FileRow(url="data/cases.schema.json", what="cases.json 的格式，供程序校验", format="JSON Schema", count=""),
            FileRow(url="sitemap.xml", what="本站全部页面的地址", format="XML", count=""),
        ),
        feeds=tuple(
            (label, tuple(LinkView(text=f.title, url=f.url, count=len(f.entries)) for f in made if f.url.startswith(p)))
            for label, p in kinds
        ),
        fields=field_rows(),
        tables=(("data/cases.csv", _told(CASE_COLUMNS)), ("data/results.csv", _told(HONOUR_COLUMNS))),
        list_columns=COLUMNS,
        lists=tuple(
            (
                list_title(site.calls[c.id]),
                f"results/{c.id}/results.csv",
                f"results/{c.id}/results.xlsx",
            )
            for c in final
        ),
        terms=tuple(
            Terms(
                call=LinkView(text=c.short_title, url=f"campaigns/{c.id}/"),
                text=c.consent.text if c.consent else "",
                uses=c.consent.uses if c.consent else (),
            )
            for c in final
        ),
        waiting=tuple(LinkView(text=c.short_title, url=f"results/{c.id}/") for c in site.campaigns if c.id in waiting),
        changes=CHANGES,
    )


def _told(columns: tuple[Column, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.meaning) for column in columns)

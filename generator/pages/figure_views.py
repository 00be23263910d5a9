"""What home, statistics and pilots show: counts, their charts and their tables, as values."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.call_views import CampaignCard
from generator.pages.views import Badge, Card, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of a chart; `parts` are its count cut up by the series of the chart, in their order."""

    label: str
    count: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn chart with the rows that it was drawn from."""

    caption: str
    finding: str  # what the drawing says, in one sentence
    bars: tuple[Bar, ...]
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a page and, cell for cell, its CSV file."""

    path: str  # of the file, relative to the site's root
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The public cases counted in one way: charts, the same numbers as a table, and how they were counted."""

    kind: str
    heading: str
    is_stacked: bool  # its bars are cut up by level, so that a key is shown
    charts: tuple[Chart, ...]
    left_out: int  # rows of the table that the charts do not show, since they are many
    counted: tuple[str, ...]
    sheet: Sheet
    urls: tuple[str, ...]  # of the rows of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place in a call: how many it handed in, and how many of those are published here."""

    place: LinkView
    received: int | None  # None: not registered
    awarded: int
    above: int  # of those: with an honour above the call's own level


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable:
    """Handed in and awarded by place, in one call. DOMAIN: table 1.1, row 19."""

    call: CampaignCard
    awarded_title: str
    above_title: str
    rows: tuple[PlaceRow, ...]
    total: PlaceRow
    is_partly_registered: bool  # some of its places have a number, others none


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsView:
    """The page of statistics."""

    figures: tuple[tuple[int, str], ...]
    patterns: str  # the SVG definitions that the bars are filled with
    series: tuple[tuple[str, str, str], ...]  # slug, mark and name of each level, highest first
    breakdowns: tuple[Breakdown, ...]
    places: tuple[PlaceTable, ...]
    places_sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLink:
    """A group with its count and a small bar for it."""

    link: LinkView
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLinks:
    """The groups of one kind; without bars where they are many."""

    kind: str
    label: str
    links: tuple[CountLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call that is under way, with the date that its present step ends on."""

    card: CampaignCard
    what: str  # “案例报送截止”
    deadline: str  # ISO date, or ""
    was: str  # the date before an amendment, or ""
    note: str  # during 公示: where to object


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page."""

    figures: tuple[tuple[str, str, str], ...]  # number, what, url
    open_calls: tuple[OpenCall, ...]
    newest: tuple[Card, ...]
    results: tuple[CampaignCard, ...]  # calls with an award list, newest first
    groups: tuple[CountLinks, ...]
    pilots: tuple[Card, ...]
    pilot_states: tuple[tuple[str, int, str], ...]  # state, how many, its mark
    campaigns: tuple[CampaignCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """A pilot in the list of its type."""

    link: LinkView
    unit: str
    region: str
    state: str
    mark: str  # SVG: how far along, by shape
    period: str
    badges: tuple[Badge, ...]
    later: tuple[LinkView, ...]  # cases of later calls that name it, or that it names


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotType:
    """The pilots of one category of a call, by state."""

    label: str
    url: str  # "" where no project of it is published
    counts: tuple[int, ...]  # in the order of the states
    projects: tuple[ProjectView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUse:
    """A place's share and how many of its projects are published here."""

    place: str
    url: str  # "" where none of its cases is published
    quota: str  # “2”, “1—3”
    used: int
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaTable:
    """The shares of a call by place, with the total that its notice states."""

    rows: tuple[QuotaUse, ...]
    total: QuotaUse | None
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionSchool:
    """A Furong school and its teaching points."""

    name: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionView:
    """A 芙蓉网络联校: drawn as a tree, and the same in a sentence. Clause: Y20 二2."""

    link: LinkView
    lead: str
    schools: tuple[UnionSchool, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotCall:
    """The pilots of one call."""

    card: CampaignCard
    types: tuple[PilotType, ...]
    quotas: QuotaTable | None
    unions: tuple[UnionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotsView:
    """The page of pilots."""

    total: int
    states: tuple[tuple[str, int, str, str], ...]  # state, how many, its mark, what it means
    calls: tuple[PilotCall, ...]  # newest first

"""What award lists show, as values."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.call_views import CampaignCard, Row
from generator.pages.views import LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An honour on the path of a case; paths begin at the lowest level that the case holds."""

    text: str  # “市级 · 一等奖”
    level_slug: str
    year: int
    is_here: bool  # the honour that the list is about


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A line of an award list. While the list stands open to objections everything but title and unit is empty."""

    number: int  # running through the whole list
    anchor: str
    is_first: bool  # of the rows of its case: the one that carries the anchor
    title: str
    unit: str
    url: str = ""
    authors: str = ""
    region: str = ""
    year: int = 0
    doc_no: str = ""
    path: tuple[Step, ...] = ()  # every honour of the case, where it holds more than this one


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBlock:
    """The rows of one category within a grade."""

    label: str  # "" while the list stands open to objections
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBlock:
    """A grade of the list, category by category."""

    name: str
    slug: str
    count: int
    categories: tuple[CategoryBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A grade's share, wished and actual."""

    grade: str
    wished_share: int
    proposal: int  # by largest remainder
    actual: int
    actual_share: str  # “27%”


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A category of the call and how often each grade was given in it."""

    label: str
    counts: tuple[int, ...]  # in the order of the view's grades
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """公示: from when to when, and where to object; what is not registered is empty."""

    from_: str
    to: str
    objections: str
    office: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """An award list: the final one, or the one that stands open to objections. DOMAIN: decision 7."""

    campaign: CampaignCard
    is_open: bool  # to objections: 公示中
    has_authors: bool
    has_paths: bool
    grades: tuple[GradeBlock, ...]
    total: int
    level: str
    above: tuple[tuple[str, int], ...]  # levels above this one, and how many cases of the list hold an honour there
    by_category: tuple[CountRow, ...]  # empty where the call has one category
    shares: tuple[ShareRow, ...]
    rate: str  # a sentence on the rate of awards, or that the number of submissions is not registered
    ratio_source: Row | None
    notice: NoticeView | None
    csv_url: str  # empty while the list is not final
    xlsx_url: str

    @property
    def rows(self) -> tuple[tuple[GradeBlock, CategoryBlock, ResultRow], ...]:
        """Every row with its grade and category, in the order of the list."""
        return tuple(
            (grade, category, row) for grade in self.grades for category in grade.categories for row in category.rows
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedResults:
    """An award list in the list of them."""

    title: str
    campaign: CampaignCard
    grades: tuple[LinkView, ...]  # to its grades, with their counts
    total: int
    csv_url: str
    xlsx_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsIndexView:
    """All award lists."""

    lists: tuple[ListedResults, ...]

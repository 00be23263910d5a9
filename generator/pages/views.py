"""What pages show, as values: everything that shapes a page's bytes stands here, so that its key can name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.pages.facets import FacetView
from generator.pages.media_views import AttachmentView, PictureView, SharePicture, VideoView


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link of the site; `url` is relative to the site's root, `count` the number of cases behind it."""

    text: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """An honour as a badge."""

    text: str  # “省级 · 一等奖”
    level_slug: str
    url: str
    year: int
    doc_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case in a list."""

    url: str
    title: str
    unit: str
    region: str
    year: int
    campaign: str  # its short title
    category: str  # the kind of case over all calls: “学校案例”
    group_slug: str
    badges: tuple[Badge, ...]  # highest first
    picture: PictureView | None
    excerpt: str
    cover: int = 0  # 0 to 5: the pattern of the cover that stands in for a picture
    cover_words: str = ""  # what that cover says: the telling part of the title


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCard:
    """A related case, and why it is one."""

    card: Card
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView:
    """A writer with the unit where it is another than the case's."""

    name: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """How a case is cited; a day of access, which only the reader knows, and an end are put behind each."""

    gb7714: str  # up to the date of its last change; the page's address follows
    bibtex: str  # lines of an entry without its closing brace


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case page."""

    title: str
    subtitle: str
    unit: LinkView
    region: LinkView
    campaign: LinkView
    category: LinkView
    year: LinkView
    badges: tuple[Badge, ...]
    stages: tuple[LinkView, ...]
    subjects: tuple[str, ...]
    topics: tuple[LinkView, ...]
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    authors: tuple[AuthorView, ...]
    period: str
    project_status: str
    summary: str
    intro: str
    self_review: str
    partners: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    body: str  # Markdown
    body_pictures: Mapping[str, PictureView]
    body_files: Mapping[str, str]  # path of an attachment → name of its download, for links of the body
    gallery: tuple[PictureView, ...]  # pictures of the front matter that the body does not show
    videos: tuple[VideoView, ...]
    attachments: tuple[AttachmentView, ...]
    links: tuple[LinkView, ...]
    related: tuple[RelatedCard, ...]
    previous: LinkView | None
    following: LinkView | None
    rights: str
    published: str
    updated: str
    citation: Citation
    address: str  # of the page, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Which page of a list this is."""

    number: int
    count: int
    first_url: str  # of the list; page n is at <first_url>page/<n>/

    def url(self, number: int) -> str:
        """The address of page *number*, relative to the site's root."""
        return self.first_url if number == 1 else f"{self.first_url}page/{number}/"

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Page numbers to offer; None stands for a gap."""
        near = {1, self.count, self.number - 1, self.number, self.number + 1}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.count):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return tuple(shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list of cases."""

    heading: str
    kicker: str  # “按级别”
    lead: str
    total: int
    cards: tuple[Card, ...]
    pager: Pager
    siblings: tuple[LinkView, ...]  # the other groups of its kind
    current_url: str
    facets: tuple[FacetView, ...] = ()  # of the finder, only on the first page of all cases


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLinks:
    """All groups of one kind, with counts."""

    kind: str
    label: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file of prose as read."""

    title: str
    body: str  # Markdown below the title
    pictures: Mapping[str, PictureView]  # by what the text calls them; one file each, its name a path under the site


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A page of prose in Markdown."""

    body: str
    pictures: Mapping[str, PictureView]  # as those of `Text`


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneView:
    """The short page of a withdrawn case; it says nothing of the case."""

    campaign: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What answers where nothing is."""

    total: int  # public cases
    levels: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """An old address."""

    target: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page: the finder without a list."""

    facets: tuple[FacetView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of HTML of the site."""

    url: str  # relative to the root, "" for the home page, ends in "/" (or is a file name)
    template: str
    title: str
    description: str
    view: object
    crumbs: tuple[LinkView, ...] = ()
    section: str = ""  # the entry of the navigation that it belongs to
    scripts: tuple[str, ...] = ()
    is_indexed: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)
    share: SharePicture | None = None

    @property
    def path(self) -> str:
        """The file that answers the address."""
        return self.url if self.url.endswith(".html") else f"{self.url}index.html"

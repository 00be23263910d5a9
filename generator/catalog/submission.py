"""A case folder and the whole catalogue as read, before anybody judges them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.catalog.body import Body
from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.document import Document
from generator.catalog.facts import Facts
from generator.catalog.marks import Loc
from generator.catalog.outside import Claim, Outside, claims_of
from generator.catalog.places import Regions, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFault:
    """A field that is missing, unknown or of the wrong shape, as pydantic names it."""

    loc: Loc
    kind: str  # missing, extra_forbidden, string_pattern_mismatch, literal_error …
    said: str
    given: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file or a thing that is not one, in a case folder."""

    path: str  # relative to the case folder, "/" on every system
    bytes: int
    is_regular: bool


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One case folder: what its text says (if it can be read), and what lies in it."""

    campaign_id: str
    slug: str
    file: str  # index.md, relative to the folder that holds cases/
    document: Document
    case: Case | None
    faults: tuple[ShapeFault, ...] = ()
    body: Body
    files: tuple[FileEntry, ...] = ()  # without index.md, in the order of their paths
    facts: Mapping[str, Facts] = field(default_factory=dict)  # by path; empty before the probe

    @property
    def id(self) -> str:
        """``<campaign>/<case>``, unique in the catalogue."""
        return f"{self.campaign_id}/{self.slug}"

    @cached_property
    def referenced(self) -> tuple[tuple[str, Loc], ...]:
        """Every file that the front matter names, with the place that names it."""
        case = self.case
        if case is None:
            return ()
        named: list[tuple[str, Loc]] = [(case.cover, ("cover",))] if case.cover else []
        named += [(picture.file, ("pictures", i, "file")) for i, picture in enumerate(case.pictures)]
        for i, video in enumerate(case.videos):
            named.append((video.file, ("videos", i, "file")))
            if video.captions:
                named.append((video.captions, ("videos", i, "captions")))
            if video.poster:
                named.append((video.poster, ("videos", i, "poster")))
        named += [(attachment.file, ("attachments", i, "file")) for i, attachment in enumerate(case.attachments)]
        return tuple(named)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the case says of originals elsewhere, sound or not."""
        return tuple(claims_of(self.case)) if self.case else ()

    @cached_property
    def outside(self) -> tuple[Outside, ...]:
        """The originals to fetch: sound claims of files that do not lie in the folder, the first for each path."""
        inside = {entry.path for entry in self.files}
        found: dict[str, Outside] = {}
        for claim in self.claims:
            if claim.path not in inside and (original := claim.outside):
                found.setdefault(claim.path, original)
        return tuple(found.values())

    @cached_property
    def present(self) -> frozenset[str]:
        """Every path that lies in the folder, or that the case says lies elsewhere."""
        return frozenset(entry.path for entry in self.files) | {claim.path for claim in self.claims}

    @property
    def media_paths(self) -> frozenset[str]:
        """Every file that front matter or body names."""
        return frozenset(path for path, _ in self.referenced) | {image.path for image in self.body.images}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A campaign folder: the call with what it takes over, its notice, and its files as read."""

    id: str
    file: str  # campaign.yml
    document: Document
    campaign: Campaign | None
    own: Campaign | None  # as written, before inheritance
    faults: tuple[ShapeFault, ...] = ()
    notice: str = ""
    notice_file: str = ""


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """regions.yml or vocabulary.yml as read."""

    file: str
    document: Document
    faults: tuple[ShapeFault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything under cases/, in the order of its paths."""

    calls: tuple[Call, ...]
    submissions: tuple[Submission, ...]
    regions: Regions
    vocabulary: Vocabulary
    data_files: tuple[DataFile, ...] = ()
    strays: tuple[FileEntry, ...] = ()  # what lies in cases/ and is no part of it

    @cached_property
    def campaigns(self) -> dict[str, Campaign]:
        """The calls that could be read, by id."""
        return {call.id: call.campaign for call in self.calls if call.campaign}

    @cached_property
    def by_id(self) -> dict[str, Submission]:
        """Submissions by ``<campaign>/<case>``."""
        return {submission.id: submission for submission in self.submissions}

    def shows(self, submission: Submission, *, with_drafts: bool = False) -> bool:
        """Whether a page is made of the case, were nothing wrong with it. What was withdrawn is shown to nobody.

        Visitors see what was published, awarded and is no longer open to objections. *with_drafts*, for reviewers: all
        others, too. DOMAIN: decision 7.
        """
        case, campaign = submission.case, self.campaigns.get(submission.campaign_id)
        if case is None or campaign is None:
            return False
        return case.status != "已撤回" if with_drafts else case.is_public and not campaign.is_open

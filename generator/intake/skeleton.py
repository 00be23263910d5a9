"""What a new case begins as: an index.md with what is known of it, and the headings that its call wants."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Section
from generator.catalog.places import Region, Regions, Vocabulary
from generator.intake.folding import folded
from generator.intake.insertion import scalar
from generator.intake.sheets import label_of
from generator.intake.slugs import free, slug_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """A case of which no more is known than who hands in what."""

    title: str
    unit: str
    region: str  # a slug
    category: str
    topics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


def index_text(skeleton: Skeleton, campaign: Campaign) -> str:
    """The whole file, a draft (状态 草稿), so that nothing of it is published."""
    lines = [
        "---",
        f"title: {scalar(skeleton.title)}",
        "unit:",
        f"  name: {scalar(skeleton.unit)}",
        f"  region: {skeleton.region}",
        f"category: {scalar(skeleton.category)}",
    ]
    for key, words in (("topics", skeleton.topics), ("stage", skeleton.stages)):
        if words:
            lines.append(f"{key}: [{', '.join(map(scalar, words))}]")
    lines += ["status: 草稿", "---", ""]
    for section in campaign.template:
        if _is_part(section, skeleton.category):
            lines += [f"{'#' * section.level} {section.heading}", ""]
    return "\n".join(lines)


def _is_part(section: Section, category: str) -> bool:
    """Whether it is a heading of the body of a text in that category."""
    when = section.when
    return (
        section.field in (None, "body")
        and section.required
        and (not when.category or category in when.category)
        and when.media in (None, "text")
    )


def folder_name(skeleton: Skeleton, taken: set[str]) -> str:
    """A folder for it that is not *taken*: its region and the first words of its title. Addresses are for ever: DOMAIN, decision 9."""
    title = slug_of(skeleton.title, most_words=4)
    return free(f"{skeleton.region}-{title}" if title else skeleton.region, taken)


def category_of(text: str, campaign: Campaign, vocabulary: Vocabulary) -> str | None:
    """The code of the category that *text* means (“Ａ1类”, “学校典型案例”), or None if it means none, or several."""
    wanted = folded(label_of(text))
    bare = wanted.removesuffix("类")
    found = [c.code for c in campaign.categories if folded(c.code) in (wanted, bare) or folded(c.name) == wanted]
    if not found:
        # Codes of letters and digits come with their name behind them: “B1 学校案例”.
        found = [c.code for c in campaign.categories if c.code.isascii() and wanted.startswith(folded(c.code))]
    if not found:
        groups = [g.name for g in vocabulary.groups if wanted in map(folded, (g.name, f"{g.name}案例", *g.aliases))]
        found = [c.code for c in campaign.categories if c.group in groups]
    return found[0] if len(found) == 1 else None


def places_of_call(campaign: Campaign, regions: Regions) -> tuple[Region, ...]:
    """The regions that can hand in to the call: those around whoever issued it, else all that are no province."""
    issuers = [r for r in regions.regions if r.name in campaign.issuer.unit]
    issuer = max(issuers, key=lambda region: len(region.name), default=None)
    near = [r for r in regions.regions if issuer and issuer.kind != "省" and issuer.slug in (r.parent, r.slug)]
    if issuer and issuer.kind == "省":
        inner = {r.slug for r in regions.regions if r.parent == issuer.slug}
        near = [r for r in regions.regions if r.slug in inner or r.parent in inner]
    return tuple(near or (r for r in regions.regions if r.kind != "省"))


def region_in(text: str, places: tuple[Region, ...]) -> str | None:
    """The region that a unit's name begins with or holds, by its full names first; None if it holds none.

    “云溪区南湖小学” is 云溪区: a full name tells more than a short one, an earlier more than a later.
    """
    counties = [place for place in places if place.kind != "市州"] or list(places)
    for among, names_of in ((counties, _full), (counties, _short), (places, _full)):
        hits = [
            (text.find(name), -len(name), place.slug) for place in among for name in names_of(place) if name in text
        ]
        if hits:
            return min(hits)[2]
    return None


def _full(place: Region) -> tuple[str, ...]:
    return (place.name, *(alias for alias in place.aliases if len(alias) > 2))


def _short(place: Region) -> tuple[str, ...]:
    return (place.short, *place.aliases)

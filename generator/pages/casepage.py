"""Everything a case page shows, as one value."""

from __future__ import annotations

import dataclasses

from generator.catalog.case import Case, Period
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.submission import Submission
from generator.pages.cards import Shelf, badges
from generator.pages.citing import citation
from generator.pages.filenames import download_name
from generator.pages.groups import Entry, category_slug, lineage, topic_slugs, unit_slug
from generator.pages.media_views import AttachmentView, PictureView, VideoView
from generator.pages.views import AuthorView, CaseView, LinkView, RelatedCard

_HELD_BACK = AttachmentView(
    title="", kind="", extension="", name="", download_as="", bytes=0, pages=None, first_page=None
)


def case_view(
    entry: Entry,
    submission: Submission,
    shelf: Shelf,
    regions: Regions,
    vocabulary: Vocabulary,
    *,
    site_name: str,
    site_url: str,
    related: tuple[RelatedCard, ...],
    previous: LinkView | None,
    following: LinkView | None,
) -> CaseView:
    """The page of *entry*; what it shows of other pages is handed in, so that the page's key names it."""
    case, campaign = entry.case, entry.campaign
    topic_names = {topic.slug: topic.name for topic in vocabulary.topics}
    body_pictures = _body_pictures(entry, submission, shelf)
    consent = campaign.consent
    address = site_url + entry.url
    return CaseView(
        title=case.title,
        subtitle=case.subtitle or "",
        unit=LinkView(text=case.unit.name, url=f"unit/{unit_slug(case.unit.name)}/"),
        region=_region(case.unit.region, regions),
        campaign=LinkView(text=campaign.title, url=f"campaigns/{campaign.id}/"),
        category=_category(entry),
        year=LinkView(text=str(campaign.year), url=f"year/{campaign.year}/"),
        badges=badges(case, vocabulary),
        stages=_stages(case, vocabulary),
        subjects=case.subject,
        topics=tuple(LinkView(text=topic_names[slug], url=f"topic/{slug}/") for slug in topic_slugs(case, vocabulary)),
        themes=case.themes,
        keywords=case.keywords,
        authors=_authors(case),
        period=spoken_period(case.period),
        project_status=case.project.status if case.project else "",
        summary=case.summary,
        intro=case.intro,
        self_review=case.self_review,
        partners=_partners(case),
        body=submission.document.body,
        body_pictures=body_pictures,
        body_files=_body_files(entry, shelf),
        gallery=_gallery(entry, shelf, frozenset(body_pictures)),
        videos=_videos(entry, shelf),
        attachments=_attachments(entry, shelf),
        links=tuple(LinkView(text=link.title, url=link.url) for link in case.links),
        related=related,
        previous=previous,
        following=following,
        rights=consent.text if consent and consent.text else "",
        published=case.published.isoformat() if case.published else "",
        updated=case.updated.isoformat() if case.updated else "",
        citation=citation(entry, site_name, address),
        address=address,
    )


def case_scripts(view: CaseView) -> tuple[str, ...]:
    """The scripts that the page of *view* needs."""
    pictures = (*view.body_pictures.values(), *view.gallery, *(file.first_page for file in view.attachments))
    return (
        "case.js",
        "share.js",
        *(("viewer.js",) if any(pictures) else ()),
        *(("player.js",) if view.videos else ()),
    )


def _category(entry: Entry) -> LinkView:
    """“A1 区域案例：…”; a code that its name says already is not said twice."""
    code = entry.case.category
    category = entry.campaign.category(code)
    name = category.name if category else code
    text = name if code in name else f"{code} {name}"
    return LinkView(text=text, url=f"category/{category_slug(entry.campaign, code)}/")


def _region(slug: str, regions: Regions) -> LinkView:
    """A region with its list; a province has none."""
    region = regions.by_slug.get(slug)
    url = f"region/{slug}/" if any(True for _ in lineage(slug, regions)) else ""
    return LinkView(text=region.name if region else "", url=url)


def _stages(case: Case, vocabulary: Vocabulary) -> tuple[LinkView, ...]:
    slugs = {stage.name: stage.slug for stage in vocabulary.stages}
    return tuple(LinkView(text=name, url=f"stage/{slugs[name]}/" if name in slugs else "") for name in case.stage)


def _body_files(entry: Entry, shelf: Shelf) -> dict[str, str]:
    return {
        attachment.file: made.name
        for attachment in entry.case.attachments
        if (made := shelf.documents.get((entry.id, attachment.file)))
    }


def _authors(case: Case) -> tuple[AuthorView, ...]:
    return tuple(
        AuthorView(
            name=author.name,
            unit=author.unit if author.unit and author.unit != case.unit.name else "",
            role=author.role if author.role in ("学生", "家长") else "",
        )
        for author in case.authors
    )


def _partners(case: Case) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    if case.partners is None:
        return ()
    schools = tuple((school.name, school.points) for school in case.partners.furong)
    return ((case.partners.lead, schools),)


def spoken_period(period: Period | None) -> str:
    """“2021年3月至2022年6月”, an open end as “2021年3月起”."""
    if period is None:
        return ""
    start = _month(period.from_)
    return f"{start}至{_month(period.to)}" if period.to else f"{start}起"


def _month(text: str) -> str:
    parts = text.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _body_pictures(entry: Entry, submission: Submission, shelf: Shelf) -> dict[str, PictureView]:
    given = {picture.file: picture for picture in entry.case.pictures}
    found: dict[str, PictureView] = {}
    for image in submission.body.images:
        known = given.get(image.path)
        alt = image.text or (known.alt if known else "")
        caption = (known.caption or "") if known else ""
        if view := shelf.picture(entry, image.path, alt, caption, (known.credit or "") if known else ""):
            found[image.path] = view
    return found


def _gallery(entry: Entry, shelf: Shelf, shown: frozenset[str]) -> tuple[PictureView, ...]:
    views = (
        shelf.picture(entry, picture.file, picture.alt, picture.caption or "", picture.credit or "")
        for picture in entry.case.pictures
        if picture.file not in shown
    )
    return tuple(view for view in views if view)


def _videos(entry: Entry, shelf: Shelf) -> tuple[VideoView, ...]:
    found = []
    for video in entry.case.videos:
        if made := shelf.videos.get((entry.id, video.file)):
            own_poster = shelf.picture(entry, video.poster, video.title) if video.poster else None
            found.append(
                dataclasses.replace(
                    made,
                    title=video.title,
                    poster=own_poster or made.poster,
                    captions=shelf.captions.get((entry.id, video.captions), "") if video.captions else "",
                    music=video.music or "",
                )
            )
    return tuple(found)


def _attachments(entry: Entry, shelf: Shelf) -> tuple[AttachmentView, ...]:
    """Every attachment that the case names; what is not on the shelf is held back, and its title stands alone."""
    return tuple(
        dataclasses.replace(
            made,
            title=attachment.title,
            kind=attachment.kind,
            download_as=download_name(attachment.title, made.extension) if made.name else "",
        )
        for attachment in entry.case.attachments
        for made in (shelf.documents.get((entry.id, attachment.file), _HELD_BACK),)
    )

"""Public cases → records and tables of the open data: what pages show, and nothing else. DOMAIN: section 3, decision 4."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.catalog.case import Case
from generator.catalog.places import Vocabulary
from generator.catalog.submission import Catalog, Submission
from generator.catalog.values import LEVELS
from generator.pages.cards import Shelf
from generator.pages.groups import Entry, topic_slugs
from generator.pages.records import (
    CASE,
    VERSION,
    AttachmentRecord,
    AuthorRecord,
    CampaignRecord,
    CaseRecord,
    CategoryRecord,
    FurongRecord,
    HonorRecord,
    LinkRecord,
    PartnersRecord,
    PeriodRecord,
    PictureRecord,
    RegionRecord,
    VideoRecord,
)
from generator.pages.tables import Table


def records(entries: Sequence[Entry], catalog: Catalog, shelf: Shelf, site_url: str) -> tuple[CaseRecord, ...]:
    """The cases of *entries*, in their order; every address is absolute, no name of an original stands in them."""
    return tuple(_record(entry, catalog, shelf, site_url) for entry in entries)


def rights(site_name: str) -> str:
    """Under which terms the data are there: what the notices say, and nothing that nobody granted."""
    return (
        f"数据整理自{site_name}的公开页面，引用请注明来源和网址。案例的文字、图片、视频和材料归作者和报送单位，"
        "怎样使用以各次活动通知的约定（rights）为准；通知没有约定的，请先征得作者同意。"
    )


def as_json(found: Sequence[CaseRecord], site_name: str, site_url: str) -> bytes:
    """`data/cases.json`: one case a line, so that two editions can be compared."""
    head = {
        "version": VERSION,
        "schema": f"{site_url}data/cases.schema.json",
        "site": site_name,
        "url": f"{site_url}data/",
        "rights": rights(site_name),
    }
    lines = b",\n".join(CASE.dump_json(record) for record in found)
    opening = json.dumps(head, ensure_ascii=False)[:-1].encode()
    return opening + b', "cases": [\n' + lines + b"\n]}\n"


def _record(entry: Entry, catalog: Catalog, shelf: Shelf, site_url: str) -> CaseRecord:
    case, campaign = entry.case, entry.campaign
    category = campaign.category(case.category)
    region = catalog.regions.by_slug.get(case.unit.region)
    names = {topic.slug: topic.name for topic in catalog.vocabulary.topics}
    return CaseRecord(
        id=entry.id,
        url=site_url + entry.url,
        title=case.title,
        subtitle=case.subtitle,
        campaign=CampaignRecord(
            id=campaign.id,
            title=campaign.title,
            year=campaign.year,
            kind=campaign.kind,
            issuer=campaign.issuer.unit,
            url=f"{site_url}campaigns/{campaign.id}/",
        ),
        category=CategoryRecord(
            code=case.category,
            name=category.name if category else case.category,
            group=category.group if category else None,
        ),
        unit=case.unit.name,
        region=RegionRecord(slug=region.slug, name=region.name) if region else None,
        stage=case.stage,
        subject=case.subject,
        topics=tuple(names[slug] for slug in topic_slugs(case, catalog.vocabulary)),
        themes=case.themes,
        keywords=case.keywords,
        period=PeriodRecord(start=case.period.from_, end=case.period.to) if case.period else None,
        authors=_authors(case),
        summary=case.summary,
        intro=case.intro,
        self_review=case.self_review,
        partners=_partners(case),
        project_status=case.project.status if case.project else None,
        honors=_honors(case, catalog.vocabulary),
        pictures=tuple(_pictures(entry, catalog.by_id[entry.id], shelf, site_url)),
        videos=tuple(_videos(entry, shelf, site_url)),
        attachments=tuple(_attachments(entry, shelf, site_url)),
        links=tuple(LinkRecord(title=link.title, url=link.url) for link in case.links),
        rights=campaign.consent.text or None if campaign.consent else None,
        published=case.published,
        updated=case.updated,
    )


def _authors(case: Case) -> tuple[AuthorRecord, ...]:
    return tuple(
        AuthorRecord(
            name=author.name,
            unit=author.unit if author.unit != case.unit.name else None,
            role=author.role if author.role in ("学生", "家长") else None,
        )
        for author in case.authors
    )


def _partners(case: Case) -> PartnersRecord | None:
    if case.partners is None:
        return None
    return PartnersRecord(
        lead=case.partners.lead,
        furong=tuple(FurongRecord(name=school.name, points=school.points) for school in case.partners.furong),
    )


def _honors(case: Case, vocabulary: Vocabulary) -> tuple[HonorRecord, ...]:
    ranks = {grade.name: grade.rank for grade in vocabulary.grades}
    ordered = sorted(case.honors, key=lambda h: (-LEVELS.index(h.level), -h.year, ranks.get(h.grade, 99)))
    return tuple(HonorRecord(level=h.level, grade=h.grade, year=h.year, doc_no=h.doc_no) for h in ordered)


def _pictures(entry: Entry, submission: Submission, shelf: Shelf, site_url: str) -> Iterator[PictureRecord]:
    """Those of the front matter, then those that only the body has; what has no derivative is on no page."""
    words = {p.file: (p.alt, p.caption or "", p.credit or "") for p in entry.case.pictures}
    for image in submission.body.images:
        words.setdefault(image.path, (image.text, "", ""))
    for path, (alt, caption, credit) in words.items():
        view = shelf.picture(entry, path, alt, caption, credit)
        files = [file for file in view.files if file.media_type == "image/jpeg"] if view else []
        if view and files:
            yield PictureRecord(
                url=f"{site_url}media/{files[-1].name}",
                width=files[-1].width_px,
                height=files[-1].height_px,
                alt=view.alt,
                caption=view.caption or None,
                credit=view.credit or None,
            )


def _videos(entry: Entry, shelf: Shelf, site_url: str) -> Iterator[VideoRecord]:
    for video in entry.case.videos:
        made = shelf.videos.get((entry.id, video.file))
        if made and made.files:
            captions = shelf.captions.get((entry.id, video.captions)) if video.captions else None
            yield VideoRecord(
                url=f"{site_url}media/{max(made.files, key=lambda file: file.lines).name}",
                title=video.title,
                width=made.width_px,
                height=made.height_px,
                duration_s=made.duration_s,
                captions_url=f"{site_url}media/{captions}" if captions else None,
            )


def _attachments(entry: Entry, shelf: Shelf, site_url: str) -> Iterator[AttachmentRecord]:
    for attachment in entry.case.attachments:
        made = shelf.documents.get((entry.id, attachment.file))
        is_there = made is not None and bool(made.name)
        yield AttachmentRecord(
            title=attachment.title,
            kind=attachment.kind if is_there else "",
            url=f"{site_url}media/{made.name}" if made and is_there else None,
            bytes=made.bytes if made and is_there else None,
            pages=made.pages if made and is_there else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its name, what stands in it, and how it is read from a case and one of its honours."""

    name: str
    meaning: str
    of: Callable[[CaseRecord, HonorRecord | None], str | int]


def _list(words: Sequence[str]) -> str:
    return "；".join(words)


_COMMON = (
    Column(name="活动", meaning="活动名称", of=lambda c, _: c.campaign.title),
    Column(name="类别", meaning="活动自己的类别代号", of=lambda c, _: c.category.code),
    Column(name="名称", meaning="案例或项目的名称", of=lambda c, _: c.title),
    Column(name="单位", meaning="申报单位", of=lambda c, _: c.unit),
    Column(name="作者", meaning="撰写人员，以“；”分开", of=lambda c, _: _list([a.name for a in c.authors])),
    Column(name="地区", meaning="申报单位所在的地区", of=lambda c, _: c.region.name if c.region else ""),
)
_ADDRESS = Column(name="网址", meaning="案例页面的完整网址", of=lambda c, _: c.url)

CASE_COLUMNS = (
    Column(name="代号", meaning="案例代号，不会改变", of=lambda c, _: c.id),
    *_COMMON,
    Column(name="年度", meaning="活动的年度", of=lambda c, _: c.campaign.year),
    Column(name="学段", meaning="以“；”分开", of=lambda c, _: _list(c.stage)),
    Column(name="学科", meaning="以“；”分开", of=lambda c, _: _list(c.subject)),
    Column(name="主题", meaning="以“；”分开", of=lambda c, _: _list(c.topics)),
    Column(name="关键词", meaning="以“；”分开", of=lambda c, _: _list(c.keywords)),
    Column(
        name="荣誉",
        meaning="每一项荣誉，级别高的在前，以“；”分开",
        of=lambda c, _: _list([f"{h.level}{h.grade}（{h.year}年）" for h in c.honors]),
    ),
    Column(name="摘要", meaning="摘要", of=lambda c, _: c.summary),
    Column(name="公布日期", meaning="年-月-日", of=lambda c, _: c.published.isoformat() if c.published else ""),
    Column(name="更新日期", meaning="年-月-日", of=lambda c, _: c.updated.isoformat() if c.updated else ""),
    _ADDRESS,
)
"""The columns of `data/cases.csv`: a case a line."""

HONOUR_COLUMNS = (
    *_COMMON,
    Column(name="等次", meaning="荣誉的等次", of=lambda _, h: h.grade if h else ""),
    Column(name="级别", meaning="荣誉的级别", of=lambda _, h: h.level if h else ""),
    Column(name="年度", meaning="授予荣誉的年度", of=lambda _, h: h.year if h else ""),
    Column(name="文号", meaning="公布荣誉的文件，没有登记的为空", of=lambda _, h: h.doc_no or "" if h else ""),
    _ADDRESS,
)
"""The columns of `data/results.csv`: an honour a line."""


def cases_table(found: Sequence[CaseRecord]) -> Table:
    """`data/cases.csv`."""
    return Table(
        columns=tuple(column.name for column in CASE_COLUMNS),
        rows=tuple(tuple(column.of(case, None) for column in CASE_COLUMNS) for case in found),
    )


def honours_table(found: Sequence[CaseRecord]) -> Table:
    """`data/results.csv`."""
    return Table(
        columns=tuple(column.name for column in HONOUR_COLUMNS),
        rows=tuple(
            tuple(column.of(case, honor) for column in HONOUR_COLUMNS) for case in found for honor in case.honors
        ),
    )

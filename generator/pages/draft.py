"""The text that a call wants, as a template to fill in: its forms, its parts, its bounds. Clause: E23 附件2, Y21 附件 四, Y20 附件4."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Form, FormField, Limit, Section, When
from generator.pages.callrows import format_row, limit_row, spoken_clause
from generator.pages.views import LinkView

PRIVATE = "由报送单位留存，不写进案例，不进入本站的仓库"
"""What stands beside a cell that is nobody else's business. DOMAIN: decision 4."""

_OF_FIELD = {"title": "title", "summary": "summary", "self_review": "self_review", "intro": "intro"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCell:
    """A line of a form: its label, the group of cells it belongs to, and what must be known of it."""

    label: str
    group: str
    note: str
    is_private: bool
    is_long: bool  # needs room for more than a line


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftForm:
    """A form as a table with empty cells."""

    title: str
    cells: tuple[DraftCell, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSection:
    """A part of the text: its heading, and what should be written under it."""

    heading: str
    level: int  # 1 or more
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A template: everything that its document says. Cells of forms are empty, private ones for good."""

    url: str
    download_as: str
    title: str  # the title of the document itself: “案例名称”, or the pattern that the call gives
    title_prompts: tuple[str, ...]
    call: str
    notice: str
    address: str  # of the call's page
    year: int
    applies: str  # to which cases, where all parts are for the same ones
    bounds: tuple[str, ...]
    forms: tuple[DraftForm, ...]
    sections: tuple[DraftSection, ...]


def draft_of(campaign: Campaign, site_url: str) -> Draft | None:
    """The template of *campaign*, or None where it says nothing of the text's parts.

    Forms that an office fills in for all its cases (汇总表) are no part of a writer's template.
    """
    if not campaign.template:
        return None
    # What all parts share is said once.
    shared = {section.when for section in campaign.template}
    applies = _applies(next(iter(shared))) if len(shared) == 1 else ""
    is_pilot = campaign.kind == "试点项目"
    titled = next((section for section in campaign.template if section.field == "title"), None)
    return Draft(
        url=f"campaigns/{campaign.id}/template.docx",
        download_as=f"{campaign.short_title}{'方案' if is_pilot else '案例'}模板.docx",
        title="项目名称" if is_pilot else "案例名称",
        title_prompts=(titled.guidance, *_own_bounds(campaign, "title")) if titled else _own_bounds(campaign, "title"),
        call=campaign.title,
        notice=campaign.notice_name,
        address=f"{site_url}campaigns/{campaign.id}/",
        year=campaign.year,
        applies=applies,
        bounds=(*(_limit(limit) for limit in campaign.limits), *_formats(campaign)),
        forms=tuple(_form(form, campaign) for form in campaign.forms if "汇总表" not in form.title),
        sections=tuple(
            _section(section, campaign, "" if applies else _applies(section.when))
            for section in campaign.template
            if section.field != "title"
        ),
    )


def draft_link(draft: Draft | None) -> LinkView | None:
    """The template as a link."""
    return LinkView(text=draft.download_as, url=draft.url) if draft else None


def _form(form: Form, campaign: Campaign) -> DraftForm:
    return DraftForm(
        title=form.title,
        cells=tuple(
            DraftCell(
                label=field.label,
                group=field.group or "",
                note=PRIVATE if not field.public else _cell_note(field, campaign),
                is_private=not field.public,
                is_long=field.key in ("intro", "outline") or field.label.endswith("意见"),
            )
            for field in form.fields
        ),
        note=form.note,
    )


def _cell_note(field: FormField, campaign: Campaign) -> str:
    if field.key == "category":
        return "选填一项：" + "、".join(category.code for category in campaign.categories)
    return "；".join(_own_bounds(campaign, field.key))


def _section(section: Section, campaign: Campaign, applies: str) -> DraftSection:
    prompts = [section.guidance] if section.guidance else []
    if section.field in _OF_FIELD:
        # Some guidance quotes the bound already; said once is enough.
        prompts += [bound for bound in _own_bounds(campaign, _OF_FIELD[section.field]) if not _has_number(prompts)]
    if section.field == "attachments":
        prompts += list(_own_bounds(campaign, "attachments"))
    if applies:
        prompts.append(applies)
    if not section.required:
        prompts.append("没有可以不写")
    return DraftSection(heading=section.heading, level=section.level - 1, prompts=tuple(prompts))


def _has_number(prompts: list[str]) -> bool:
    return any("字以内" in prompt for prompt in prompts)


def _applies(when: When) -> str:
    kinds = list(when.category)
    media = {"text": "以文本提交的", "video": "以微视频提交的"}[when.media] if when.media else ""
    return f"适用于{'、'.join(kinds)}类{media}" if kinds else f"适用于{media}" if media else ""


def _own_bounds(campaign: Campaign, target: str) -> tuple[str, ...]:
    return tuple(limit_row(limit, {}).cells[1] for limit in campaign.limits if limit.target == target)


def _limit(limit: Limit) -> str:
    row = limit_row(limit, {})
    source = f"（{row.clause}）" if row.clause else ""
    doubt = "，原文未明确" if row.is_ambiguous else ""
    return f"{row.cells[0]}：{row.cells[1]}，{row.cells[2]}{doubt}{source}"


def _formats(campaign: Campaign) -> tuple[str, ...]:
    rows = [(format_row(form, {}), form) for form in campaign.formats]
    return tuple(
        f"{row.cells[0]}格式：{row.cells[1]}" + (f"（{spoken_clause(form.source.clause)}）" if form.source else "")
        for row, form in rows
    )

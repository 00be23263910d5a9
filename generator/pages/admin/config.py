"""The settings of the editors' page as one document: the repository, and for every call a form with the call's own words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Limit
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.schema import schema_tree
from generator.pages.admin.fields import Field, Words, form_fields
from generator.pages.admin.server import GitServer, backend_of
from generator.pages.callrows import limit_row, spoken_clause

_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_SLUG_HINT = "案例的网址用它，以后不能改。写小写的拼音或英文，词和词之间用连字符，例如 linxiang-oral-partner"

_FIELD_OF = {
    "picture.size": "pictures",
    "illustrations": "body",
    "video.height": "videos",
    "video.captions": "videos",
    "partners.points": "partners.furong",
    "outline": "body",
}
"""Under which field a bound is said that has no field of its own."""

_LISTS = ("authors", "attachments", "partners.furong")
_LAST = ("cover", "pictures", "videos", "attachments", "links", "honors", "consent", "status", "published")
_HOW_TO_WRITE = (
    "井号开头的一行是标题，空一行就是另一段。不习惯的话，点右上角的按钮换成排版的样子，像在 Word 里一样写；"
    "换过以后，保存时整篇的写法会照排版的样子重新整理"
)
_OF_PILOTS = ("partners", "project")
_BIGGEST_UPLOAD_BYTES = 100_000_000
"""Larger files do not belong into a repository; they lie elsewhere and are named by their address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the page needs to know of its site."""

    site_name: str
    site_url: str  # ends in "/"
    site_path: str  # of that address: “/” or “/sub/”
    cases: str  # the folder of cases, seen from the root of the repository
    server: GitServer


def admin_config(desk: Desk, calls: Iterable[Campaign], regions: Regions, vocabulary: Vocabulary) -> str:
    """The document as JSON: the same text for the same call, whatever the day. *calls* in the order that editors see."""
    made: dict[str, Any] = {
        "load_config_file": False,
        "backend": backend_of(desk.server),
        "publish_mode": "editorial_workflow" if desk.server.proposes else "simple",
        "app_title": f"{desk.site_name}：编辑",
        "site_url": desk.site_url,
        "logo": {"src": f"{desk.site_path}assets/images/favicon.svg"},
        "media_folder": f"/{desk.cases}",
        "public_folder": "/",
        # Chinese in a name of a file breaks on its way (MED014): such a name becomes letters and digits.
        "media_libraries": {
            "default": {"config": {"max_file_size": _BIGGEST_UPLOAD_BYTES, "slugify_filename": True}},
            "stock_assets": False,
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60, "timezone": "local"},
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_size": 2, "indent_sequences": True}},
        "collections": [_collection(call, desk.cases, regions, vocabulary) for call in calls],
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _collection(call: Campaign, cases: str, regions: Regions, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": call.id,
        "label": call.short_title,
        "label_singular": "案例",
        "description": f"{call.title}（{call.status}）",
        "folder": f"{cases}/{call.id}",
        "path": "{{slug}}/index",
        "slug": {
            "editable": ["create"],
            "hint": _SLUG_HINT,
            "pattern": [_SLUG, "只能用小写英文字母、数字和连字符，例如 linxiang-oral-partner"],
        },
        "extension": "md",
        "format": "yaml-frontmatter",
        "media_folder": "media",
        "public_folder": "media",
        "delete": False,  # what was public is withdrawn (已撤回), so that its address says so
        "duplicate": False,
        "editor": {"preview": False},
        "sortable_fields": ["title"],
        "view_filters": [
            {"label": status, "field": "status", "pattern": status} for status in ("草稿", "已公布", "已撤回")
        ],
        "view_groups": [{"label": "类别", "field": "category"}],
        "fields": _fields(call, regions, vocabulary),
    }


def _fields(call: Campaign, regions: Regions, vocabulary: Vocabulary) -> list[Field]:
    words = Words(
        labels={
            "category": {one.code: f"{one.code}：{one.name}" for one in call.categories},
            "unit.region": {region.slug: region.name for region in regions.regions},
            "videos.narration": {"spoken": "有人说话", "none": "没有人说话"},
        },
        bounds=_bounds(call.limits) | _asked_for(call),
        most=_most(call.limits),
    )
    fields = form_fields(schema_tree(call, regions, vocabulary), words)
    if call.kind != "试点项目":
        fields = [field for field in fields if field["name"] not in _OF_PILOTS]
    last = [field for field in fields if field["name"] in _LAST]
    return [*(field for field in fields if field not in last), _body(call, words.bounds.get("body", "")), *last]


def _body(call: Campaign, bounds: str) -> Field:
    parts = [
        f"{'#' * section.level} {section.heading}"
        for section in call.template
        if section.required
        and section.field in (None, "body")
        and not section.when.category
        and section.when.media != "video"
    ]
    return {
        "name": "body",
        "label": "正文",
        "widget": "richtext",
        "required": False,  # an award may be listed before its text is there
        "hint": "。".join(part for part in (bounds, _HOW_TO_WRITE) if part),
        "default": "\n\n".join(parts),
        # As written first: the other mode writes a whole text anew as soon as it shows it, emphasis, lists and tables.
        "modes": ["raw", "rich_text"],
        "editor_components": ["image"],
        "linked_images": False,
    }


def _bounds(limits: Iterable[Limit]) -> dict[str, str]:
    """By field: every bound of the call as one sentence, with its clause."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for limit in limits:
        row = limit_row(limit, {})
        what, bound, binding = row.cells
        clause = f"〔{spoken_clause(limit.source.clause)}〕" if limit.source else ""
        said[_FIELD_OF.get(limit.target, limit.target)].append(f"{what}{binding}{bound}{clause}")
    return {field: "；".join(parts) for field, parts in said.items()}


def _asked_for(call: Campaign) -> dict[str, str]:
    """The topics of the call, which the form cannot list as choices since others are allowed."""
    names = dict.fromkeys(
        [topic.name for topic in call.topics] + [name for one in call.categories for name in one.topics]
    )
    themes = [statement.text for statement in call.themes]
    return ({"topics": f"本次活动的选题：{'、'.join(names)}"} if names else {}) | (
        {"themes": f"本次活动的主题：{'；'.join(themes)}"} if themes else {}
    )


def _most(limits: Iterable[Limit]) -> dict[str, int]:
    """How many entries a list may have where the call allows no more, for whatever category."""
    return {
        limit.target: limit.value
        for limit in limits
        if limit.target in _LISTS
        and (limit.op, limit.severity) == ("max", "error")
        and not limit.when.category
        and limit.when.media is None
    }

"""CAT: faults that only show when cases are seen beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.gist import Gist
from generator.catalog.marks import Mark
from generator.catalog.values import Source
from generator.check.diagnostics import Finding, Overview, Severity, Text, TextStart, rule


@rule(
    "CAT001",
    Severity.WARNING,
    "site",
    message=Text(zh="与 {first} 标题相同：“{title}”", en="the same title as {first}: “{title}”"),
    fix=Text(zh="核对是否重复提交；不是的，请改一个能区分的标题", en="remove one of them, or tell the titles apart"),
)
def same_title_in_a_call(overview: Overview) -> Iterator[Finding]:
    """Two of one name in one award list: handed in twice, or not to be told apart."""
    seen: dict[tuple[str, str], str] = {}
    for case in overview.cases:
        if case.status and not case.is_withdrawn:
            first = seen.setdefault((case.campaign_id, "".join(case.title.split())), case.file)
            if first != case.file:
                yield Finding(at=("title",), facts={"title": case.title, "first": first}, file=case.file)


@rule(
    "CAT002",
    Severity.ERROR,
    "site",
    message=Text(zh="正文与 {first} 完全相同", en="the text is the same as that of {first}"),
    fix=Text(zh="删去重复提交的一份，或换成自己的正文", en="remove the copy, or put in its own text"),
    clause="DOMAIN 1.5",
)
def same_text_twice(overview: Overview) -> Iterator[Finding]:
    """A text pasted into the wrong folder is published under the wrong name."""
    seen: dict[str, str] = {}
    for case in overview.cases:
        if case.text_digest and not case.is_withdrawn:
            first = seen.setdefault(case.text_digest, case.file)
            if first != case.file:
                source = wish_for_original_work(case, overview)
                yield Finding(at=TextStart(), facts={"first": first}, file=case.file, case_id=case.id, source=source)


def wish_for_original_work(case: Gist, overview: Overview) -> Source | None:
    """Where the call of *case* demands that its text is nobody else's, if it does."""
    campaigns = (call.campaign for call in overview.calls if call.campaign)
    terms = next((campaign.consent for campaign in campaigns if campaign.id == case.campaign_id), None)
    return terms.source if terms and terms.original_required else None


@rule(
    "CAT003",
    Severity.WARNING,
    "site",
    message=Text(zh="{file} 不属于任何案例或活动", en="{file} belongs to no case and no call"),
    fix=Text(zh="移进案例目录的 media/ 或 attachments/，或删去", en="move it into a case folder, or remove it"),
)
def stray_file(overview: Overview) -> Iterator[Finding]:
    """A file beside the cases is an upload that missed its folder, and nobody will ever see it."""
    for entry in overview.strays:
        yield Finding(at=Mark(1, 1), facts={"file": entry.path}, file=entry.path)

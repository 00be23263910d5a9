"""CAT: faults that only show when cases are seen beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.document import Mark
from generator.catalog.submission import Catalog, Submission
from generator.check.diagnostics import Finding, Severity, Text, rule
from generator.check.references import beginning

_SHORTEST_COPY = 60
"""Characters. A shorter text (“详见附件。”) may stand in two cases by chance."""


def is_withdrawn(submission: Submission) -> bool:
    """Whether nobody will read it: handing it in again is no copy."""
    return submission.case is not None and submission.case.status == "已撤回"


@rule(
    "CAT001",
    Severity.WARNING,
    "site",
    message=Text(zh="与 {first} 标题相同：“{title}”", en="the same title as {first}: “{title}”"),
    fix=Text(zh="核对是否重复提交；不是的，请改一个能区分的标题", en="remove one of them, or tell the titles apart"),
)
def same_title_in_a_call(catalog: Catalog) -> Iterator[Finding]:
    """Two of one name in one award list: handed in twice, or not to be told apart."""
    seen: dict[tuple[str, str], str] = {}
    for submission in catalog.submissions:
        if submission.case and not is_withdrawn(submission):
            title = submission.case.title
            first = seen.setdefault((submission.campaign_id, "".join(title.split())), submission.file)
            if first != submission.file:
                yield Finding(at=("title",), facts={"title": title, "first": first}, file=submission.file)


@rule(
    "CAT002",
    Severity.ERROR,
    "site",
    message=Text(zh="正文与 {first} 完全相同", en="the text is the same as that of {first}"),
    fix=Text(zh="删去重复提交的一份，或换成自己的正文", en="remove the copy, or put in its own text"),
    clause="E23 二3",
)
def same_text_twice(catalog: Catalog) -> Iterator[Finding]:
    """A text pasted into the wrong folder is published under the wrong name."""
    seen: dict[str, str] = {}
    for submission in catalog.submissions:
        text = "".join(submission.body.text.split())
        if len(text) >= _SHORTEST_COPY and not is_withdrawn(submission):
            first = seen.setdefault(text, submission.file)
            if first != submission.file:
                at, facts = beginning(submission), {"first": first}
                yield Finding(at=at, facts=facts, file=submission.file, case_id=submission.id)


@rule(
    "CAT003",
    Severity.WARNING,
    "site",
    message=Text(zh="{file} 不属于任何案例或活动", en="{file} belongs to no case and no call"),
    fix=Text(zh="移进案例目录的 media/ 或 attachments/，或删去", en="move it into a case folder, or remove it"),
)
def stray_file(catalog: Catalog) -> Iterator[Finding]:
    """A file beside the cases is an upload that missed its folder, and nobody will ever see it."""
    for entry in catalog.strays:
        yield Finding(at=Mark(1, 1), facts={"file": entry.path}, file=entry.path)

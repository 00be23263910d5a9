"""CAT: which texts were largely copied from the text of another case, in this call or in another one?"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.document import Document
from generator.catalog.gist import Gist
from generator.catalog.marks import Mark
from generator.catalog.shingles import folded, place_in
from generator.check.copies import Copy, copies
from generator.check.diagnostics import Finding, InBody, Overview, Severity, Text, rule
from generator.check.rules.catalogue import wish_for_original_work


@rule(
    "CAT004",
    Severity.WARNING,
    "site",
    message=Text(
        zh="{whose}有 {share}% 的文字与{others}相同（{first} 第 {line} 行起）",
        en="{share}% of {whose_en} is word for word that of {others_en} ({first}, from line {line})",
    ),
    fix=Text(
        zh="与作者核实是否原创：抄来的改写或撤下；引用的注明出处；同一项目的几个案例各写各的做法和数据",
        en="ask the author whether it is their own; rewrite or withdraw what is copied, name the source of what is quoted",
    ),
    clause="DOMAIN 1.5",
)
def text_largely_copied(overview: Overview) -> Iterator[Finding]:
    """The call asks for original work, and the one whose text was copied finds it under another name.

    What the calls say themselves and what many cases quote is left out; texts of one unit are only mentioned,
    for a project may be told twice.
    """
    cases = [case for case in overview.cases if case.samples and not case.is_withdrawn]

    def text_of(number: int) -> str:
        return folded(overview.document_of(cases[number].file).body)

    for copy in copies([case.samples for case in cases], text_of, lambda: _of_calls(overview)):
        one, other = cases[copy.text], cases[copy.other]
        if not one.text_digest or one.text_digest != other.text_digest:  # of which CAT002 speaks
            yield _finding(copy, one, other, overview)


def _of_calls(overview: Overview) -> str:
    """What the calls say, folded: who leaves the words of a template standing has copied nobody's case."""
    said: list[str] = [call.notice for call in overview.calls]
    for campaign in (call.campaign for call in overview.calls if call.campaign):
        said += [section.guidance for section in campaign.template]
        said += [statement.text for statement in campaign.guidance]
    return "\n".join(map(folded, said))


def _finding(copy: Copy, one: Gist, other: Gist, overview: Overview) -> Finding:
    theirs = overview.document_of(other.file)
    title = f"《{other.title}》" if other.title else other.id
    facts = {
        "share": round(100 * copy.share),
        "whose": title if copy.is_contained else "正文",
        "others": "正文" if copy.is_contained else title,
        "whose_en": title if copy.is_contained else "the text",
        "others_en": "the text" if copy.is_contained else title,
        "first": other.file,
        "line": theirs.body_line + _place(theirs, copy.passage).line - 1,
    }
    at = InBody(_place(overview.document_of(one.file), copy.passage))
    severity = Severity.INFO if one.unit and one.unit == other.unit else None
    return Finding(at=at, facts=facts, file=one.file, severity=severity, source=wish_for_original_work(one, overview))


def _place(document: Document, passage: str) -> Mark:
    body = document.body
    offset = place_in(body, passage)
    return Mark(body.count("\n", 0, offset) + 1, offset - body.rfind("\n", 0, offset))

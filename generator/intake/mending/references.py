"""Pictures and links of a body, led to files under their new names; no word of the text changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.catalog.body import Body, read_body
from generator.check.references import lead_of
from generator.intake.mending.marked import Edit, applied

_TARGET = re.compile(
    r"\]\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^\s()\\]|\\.|\([^\s()]*\))+))"
    r"|^[ ]{0,3}\[[^\]\n]+\]:\s*(?:<(?P<angled>[^<>\n]*)>|(?P<defined>\S+))",
    re.MULTILINE,
)


def redirected(body: str, renames: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """*body* with its references to *renames* (old → new) changed, and the old names that were.

    What looks like a reference and is none, in an example of code say, is left alone.
    """
    edits: list[Edit] = []
    for found in _TARGET.finditer(body) if renames else ():
        group = found.lastgroup or ""
        target = found[group]
        lead = lead_of(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target))
        if lead.kind == "file" and lead.path in renames:
            rest = re.search(r"[?#].*$", target)
            edits.append(
                Edit(found.start(group), found.end(group), renames[lead.path] + (rest.group() if rest else ""))
            )
    if not edits:
        return body, ()
    before = read_body(body)
    kept = edits if _says_the_same(before, applied(body, edits)) else []
    if not kept:
        kept = [edit for edit in edits if _says_the_same(before, applied(body, [edit]))]
    names = {edit.new: old for old, new in renames.items() for edit in kept if edit.new.startswith(new)}
    return applied(body, kept), tuple(dict.fromkeys(names.values()))


def _says_the_same(before: Body, markdown: str) -> bool:
    """Whether *markdown* shows the words, pictures and links of *before*, and leads elsewhere with one of them."""
    after = read_body(markdown)
    words = [(one.text, one.at.line) for one in (*before.images, *before.links)]
    leads = [one.target for one in (*before.images, *before.links)]
    return (
        after.text == before.text
        and [(one.text, one.at.line) for one in (*after.images, *after.links)] == words
        and [one.target for one in (*after.images, *after.links)] != leads
    )

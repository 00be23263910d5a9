"""Where the pictures and links of a case lead, and which place of its text names a file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from generator.catalog.document import Document
from generator.catalog.marks import Loc, Mark
from generator.catalog.submission import Submission
from generator.check.diagnostics import InBody

LeadKind = Literal["file", "anchor", "site", "web", "mail", "host", "outside", "scheme", "nothing"]

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A target, understood. `path` is relative to the case folder and set for files; `scheme` is lower-case."""

    kind: LeadKind
    path: str = ""
    scheme: str = ""


@lru_cache(maxsize=1024)
def lead_of(target: str) -> Lead:
    """What kind of place *target* is; percent signs are resolved, query and fragment dropped.

    site: an address that begins with "/"; host: one of another host without a scheme; outside: a path that
    leaves the case folder; nothing: empty, which is also what the renderer makes of a dangerous scheme.
    """
    target = target.strip()
    if not target:
        return Lead(kind="nothing")
    if scheme := _SCHEME.match(target):
        name = scheme.group(1).lower()
        return Lead(kind={"http": "web", "https": "web", "mailto": "mail"}.get(name, "scheme"), scheme=name)  # type: ignore[arg-type]
    if target.startswith("#"):
        return Lead(kind="anchor")
    if target.startswith("/"):
        return Lead(kind="host" if target.startswith("//") else "site")
    path = posixpath.normpath(unquote(re.split(r"[?#]", target, maxsplit=1)[0]))
    return Lead(kind="outside" if path.split("/")[0] == ".." else "file", path=path)


def beginning(document: Document) -> InBody:
    """The first line of the body that says something, for what is wrong with the body as a whole."""
    body = document.body
    blank = body[: len(body) - len(body.lstrip())]
    return InBody(Mark(blank.count("\n") + 1, 1))


def places(submission: Submission) -> dict[str, Loc | InBody]:
    """The first place that names each file: in the front matter, else in the body as a picture or a link."""
    named: dict[str, Loc | InBody] = {}
    for path, loc in submission.referenced:
        named.setdefault(path, loc)
    for reference in (*submission.body.images, *submission.body.links):
        lead = lead_of(reference.target)
        if lead.kind == "file":
            named.setdefault(lead.path, InBody(reference.at))
    return named


def body_pictures(submission: Submission) -> dict[str, InBody]:
    """The files that the body shows as pictures, with their first place."""
    shown: dict[str, InBody] = {}
    for image in submission.body.images:
        lead = lead_of(image.target)
        if lead.kind == "file":
            shown.setdefault(lead.path, InBody(image.at))
    return shown

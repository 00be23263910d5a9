"""A case that nobody changed, read for what cases beside it need to know of it: some lines of its front matter, its words.

Of thousands of cases a proposal changes one; reading the others whole would take most of the time of its check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError, create_model

from generator.catalog.case import Case
from generator.catalog.document import Document, read_document
from generator.catalog.gist import Gist, text_digest
from generator.catalog.reader import CaseFolder, below, bytes_of
from generator.catalog.shingles import shingles
from generator.catalog.values import Value

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = ("title", "unit", "status", "aliases", "related")
_SHAPES: dict[str, Any] = {key: (Case.model_fields[key].annotation, Case.model_fields[key]) for key in _KEYS}
_Named = create_model("_Named", __base__=Value, **_SHAPES)
# A field of the first column and what is indented below it; a list may stand in the first column, too.
_LINES = re.compile(rf"^(?:{'|'.join(_KEYS)}):[^\n]*\n(?:[ \t#-][^\n]*\n|\n)*", re.MULTILINE)


def gist_beside(folder: CaseFolder, cases_dir: Path) -> Gist | None:
    """The gist of a case (`gist_of`), though its other fields may have faults; None where it must be read whole.

    That is a draft, which may await its text, and one whose fields do not stand as they mostly do.
    """
    path = folder.path / "index.md"
    found = bytes_of(path)
    if isinstance(found, Document):
        return None
    document = read_document(found, only=_LINES)
    try:
        named: Any = _Named.model_validate(document.front)
    except ValidationError:
        return None
    if named.status == "草稿":
        return None
    slug = below(folder.path, folder.path.parent)
    return Gist(
        id=f"{folder.campaign_id}/{slug}",
        campaign_id=folder.campaign_id,
        file=below(path, cases_dir.parent),
        title=named.title,
        status=named.status,
        aliases=named.aliases,
        related=named.related,
        text_digest=text_digest(document.body),
        unit=named.unit.name,
        samples=shingles(document.body),
    )

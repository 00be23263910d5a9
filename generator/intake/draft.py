"""What a Word file comes to under its call: front matter, body, and what is nobody else's business. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.intake.headings import tidy
from generator.intake.sorter import Private, Sorter, renamed
from generator.intake.words import (
    Block,
    Remark,
    Shown,
    Spans,
    WordFile,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A case in the making. *texts* are words by the key of their field, as a form or a part of the text had them."""

    title: str
    texts: Mapping[str, str]
    private: tuple[Private, ...]
    blocks: tuple[Block, ...]
    notes: Mapping[str, Spans]
    gallery: tuple[Shown, ...]  # pictures that stood in a form and in no text
    dropped: tuple[str, ...]  # words that name what they introduce: labels of forms, titles of parts, prompts
    remarks: tuple[Remark, ...]


def drafted(files: Sequence[WordFile], campaign: Campaign) -> Draft:
    """One case of one or several files: its form may be a file of its own. What two of them answer, the first does.

    The names of pictures of each file must differ from those of the others.
    """
    texts: dict[str, str] = {}
    private: list[Private] = []
    blocks: list[Block] = []
    gallery: list[Shown] = []
    remarks: list[Remark] = []
    dropped: list[str] = []
    notes: dict[str, Spans] = {}
    title = ""
    for at, file in enumerate(files):
        sorter = Sorter(campaign, f"{at}:")
        rest = sorter.sorted_out(file.blocks)
        for key, words in sorter.texts.items():
            texts.setdefault(key, words)
        title = title or sorter.title
        private += sorter.private
        gallery += sorter.gallery
        blocks += rest
        dropped += sorter.dropped
        remarks += [*file.remarks, *sorter.remarks]
        notes |= {f"{at}:{key}": renamed(spans, f"{at}:") for key, spans in file.notes}
    return Draft(
        title=tidy(texts.pop("title", "")) or title,
        texts=texts,
        private=tuple(private),
        blocks=tuple(blocks),
        notes=notes,
        gallery=tuple(gallery),
        dropped=tuple(dropped),
        remarks=tuple(remarks),
    )

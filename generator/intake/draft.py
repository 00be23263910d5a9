"""What a Word file comes to under its call: front matter, body, and what is nobody else's business. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalog.campaign import Campaign, Section
from generator.intake.figures import captioned, unwrapped
from generator.intake.forms import Answer, answers, form_of, label_key, labels_in, line_answers
from generator.intake.headings import bare, heading_level, settled, tidy
from generator.intake.words import (
    Block,
    Heading,
    Item,
    Paragraph,
    Remark,
    Shown,
    Spans,
    Table,
    WordFile,
    plain,
)

_ANNEX = re.compile(r"^附(?:件|表|录)?\s*[\d一二三四五六七八九十]*\s*[：:]?\s*$")
_LABELLED = re.compile(
    r"^[【\[]?\s*(?P<label>[^：:】\]\n]{1,12}?)\s*(?:[】\]]\s*[：:]?|[：:])\s*(?P<rest>.*)$", re.DOTALL
)
_TITLE_PT = 18.0  # 小二 and larger
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """An answer that stays with the office: of which form, to which label."""

    form: str
    label: str
    text: str


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
        sorter = _Sorter(campaign, f"{at}:")
        rest = sorter.sorted_out(file.blocks)
        for key, words in sorter.texts.items():
            texts.setdefault(key, words)
        title = title or sorter.title
        private += sorter.private
        gallery += sorter.gallery
        blocks += rest
        dropped += sorter.dropped
        remarks += [*file.remarks, *sorter.remarks]
        notes |= {f"{at}:{key}": _renamed(spans, f"{at}:") for key, spans in file.notes}
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


def _renamed(spans: Spans, before: str) -> Spans:
    return tuple(replace(span, note=before + span.note) if span.note else span for span in spans)


class _Sorter:
    """One file: what of it is a form, a title, a field, and what is text."""

    def __init__(self, campaign: Campaign, notes_before: str) -> None:
        self._campaign = campaign
        self._forms = [form for form in campaign.forms if "汇总表" not in form.title]
        self._before = notes_before
        self.texts: dict[str, str] = {}
        self.private: list[Private] = []
        self.gallery: list[Shown] = []
        self.remarks: list[Remark] = []
        self.dropped: list[str] = []
        self.title = ""

    def sorted_out(self, given: Sequence[Block]) -> list[Block]:
        """The blocks of the text; everything else has found its place."""
        blocks = list(self._without_forms(unwrapped(self._without_prompts(given))))
        blocks = [_with_notes(block, self._before) for block in blocks]
        template = {bare(one): section.level for section in self._campaign.template for one in _names(section)}
        blocks = self._without_title(blocks, template)
        blocks = self._without_lines(blocks, template)
        blocks = list(self._without_sections(list(settled(blocks, template))))
        return captioned(blocks)

    def _without_prompts(self, blocks: Sequence[Block]) -> list[Block]:
        """Without what our own template says to its writer, in grey."""
        prompts: list[str] = []
        out = list(_said_by_writers(blocks, prompts))
        if prompts:
            self.dropped += prompts
            self.remarks.append(Remark(text=f"模板里的灰色提示 {len(prompts)} 处没有导入", is_loss=False))
        return out

    def _without_forms(self, blocks: Iterable[Block]) -> Iterator[Block]:
        titles = {label_key(form.title) for form in self._forms}
        for block in blocks:
            form = form_of(block, self._forms) if isinstance(block, Table) else None
            if form and isinstance(block, Table):
                for answer in answers(block, form):
                    self._keep(answer)
                self.dropped += labels_in(block, form)
            elif isinstance(block, Paragraph) and (label_key(block.text) in titles or _ANNEX.match(block.text)):
                self.dropped.append(block.text)
            else:
                yield block

    def _keep(self, answer: Answer) -> None:
        field, text = answer.field, answer.text
        self.gallery += [block for block in answer.blocks if isinstance(block, Shown)]
        if not text:
            return
        if field is not None and field.public:
            self.texts.setdefault(field.key, text)
        else:
            self.private.append(Private(form=answer.form, label=answer.label, text=text))

    def _without_title(self, blocks: list[Block], template: Mapping[str, int]) -> list[Block]:
        """Without the lines of the title: the first that look like one, before anything else is said."""
        known = label_key(self.texts.get("title", ""))
        at, lines = 0, list[str]()
        while at < len(blocks) and isinstance(block := blocks[at], Paragraph):
            text = tidy(block.text)
            is_known = bool(known) and label_key(text) in known
            if (heading_level(block, template) and not is_known) or len(text) > _LONGEST_TITLE:
                break
            if not (is_known or _is_title(block)):
                break
            lines.append(text)
            self.dropped.append(block.text)
            at += 1
        title = "".join(line for line in lines if not line.startswith(("—", "–", "-")))
        subtitle = next((line for line in lines if line.startswith(("—", "–", "-"))), "")
        if subtitle:
            self.texts.setdefault("subtitle", subtitle.lstrip("—–- "))
        self.title = title
        return blocks[at:]

    def _without_lines(self, blocks: list[Block], template: Mapping[str, int]) -> list[Block]:
        """Without the lines that answer a form's labels, which stand before the first heading."""
        out: list[Block] = []
        for at, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                if heading_level(block, template):
                    return out + blocks[at:]
                if found := line_answers(block, self._forms):
                    for answer in found:
                        self._keep(answer)
                    self.dropped.append(block.text)
                    continue
            out.append(block)
        return out

    def _without_sections(self, blocks: list[Block]) -> Iterator[Block]:
        """Without the parts that are fields of their own: 摘要, 自评, 关键词, as headings or as words before a colon."""
        named = {
            bare(one): section.field for section in self._campaign.template for one in _names(section) if section.field
        }
        named |= {"摘要": "summary", "内容摘要": "summary", "关键词": "keywords", "关键字": "keywords"}
        key, level = "", 0
        for block in blocks:
            if isinstance(block, Heading):
                found = named.get(bare(block.text))
                if found and found not in ("title", "attachments"):
                    key, level = found, block.level
                    self.dropped.append(block.text)
                    continue
                if key and block.level <= level:
                    key = ""
            elif not key and isinstance(block, Paragraph) and (labelled := _LABELLED.match(block.text)):
                found = named.get(bare(labelled["label"]))
                if found and found not in ("title", "attachments"):
                    self.dropped.append(block.text)
                    if labelled["rest"].strip():
                        self._add(found, labelled["rest"].strip())
                    else:
                        key, level = found, 9
                    continue
            if key and isinstance(block, Paragraph | Item) and not (level == 9 and isinstance(block, Heading)):
                self._add(key, plain(block.spans).strip())
                continue
            yield block

    def _add(self, key: str, text: str) -> None:
        self.texts[key] = f"{self.texts[key]}\n{text}" if self.texts.get(key) else text


def _said_by_writers(blocks: Sequence[Block], prompts: list[str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.look.is_prompt:
            prompts.append(block.text)
        elif isinstance(block, Table):
            yield Table(
                grid=tuple(
                    tuple(cell and replace(cell, blocks=tuple(_said_by_writers(cell.blocks, prompts))) for cell in row)
                    for row in block.grid
                )
            )
        else:
            yield block


def _names(section: Section) -> tuple[str, ...]:
    return (section.heading, *section.aliases)


def _is_title(block: Paragraph) -> bool:
    look = block.look
    return look.is_title_style or (look.is_centred and (look.is_title_face or look.size_pt >= _TITLE_PT))


def _with_notes(block: Block, before: str) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, spans=_renamed(block.spans, before))
    if isinstance(block, Table):
        return Table(
            grid=tuple(
                tuple(
                    cell and replace(cell, blocks=tuple(_with_notes(inner, before) for inner in cell.blocks))
                    for cell in row
                )
                for row in block.grid
            )
        )
    return block

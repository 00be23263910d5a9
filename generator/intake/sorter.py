"""One Word file sorted out: what of it is a form, a title, a field, and what is text. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Section
from generator.intake.byline import byline_of
from generator.intake.figures import captioned, unwrapped
from generator.intake.folding import folded
from generator.intake.forms import Answer, answers, form_of, is_caption, labels_in, line_answers
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
    plain,
)

_LABELLED = re.compile(
    r"^[【\[]?\s*(?P<label>[^：:】\]\n]{1,12}?)\s*(?:[】\]]\s*[：:]?|[：:])\s*(?P<rest>.*)$", re.DOTALL
)
_KEYWORDS = re.compile(r"^\s*[【\[]?\s*关\s*键\s*[词字]\s*[】\]]?\s*(?:[：:]|\s)\s*(?P<words>.+)$")
_CAPTION_LINES = 3  # above a form: 附件1, its name, a line below that
_TITLE_PT = 18.0  # 小二 and larger
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """An answer that stays with the office: of which form, to which label."""

    form: str
    label: str
    text: str


class Sorter:
    """One file under its call; its parts are there once `sorted_out` has run."""

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
        self._taken: list[str] = []

    def sorted_out(self, given: Sequence[Block]) -> list[Block]:
        """The blocks of the text; everything else has found its place."""
        blocks = list(self._without_forms(unwrapped(self._without_prompts(given))))
        blocks = [_with_notes(block, self._before) for block in blocks]
        template = {bare(one): section.level for section in self._campaign.template for one in _names(section)}
        blocks = self._without_title(blocks, template)
        blocks = self._without_lines(blocks, template)
        blocks = list(self._without_sections(list(settled(blocks, template))))
        if self._taken:
            self.remarks.append(Remark(text=f"不再留在正文里：{'、'.join(self._taken)}", is_loss=False))
        return captioned(blocks)

    def _without_prompts(self, blocks: Sequence[Block]) -> list[Block]:
        """Without what our own template says to its writer, in grey."""
        prompts: list[str] = []
        out = list(_said_by_writers(blocks, prompts))
        if prompts:
            self.dropped += prompts
            self.remarks.append(Remark(text=f"模板里的灰色提示 {len(prompts)} 处没有导入", is_loss=False))
        return out

    def _without_forms(self, given: Iterable[Block]) -> Iterator[Block]:
        blocks = list(given)
        forms = [form_of(block, self._forms) if isinstance(block, Table) else None for block in blocks]
        is_headed = False  # the name of a form was said, and the form comes
        for at, (block, form) in enumerate(zip(blocks, forms, strict=True)):
            below = next((one for one in forms[at + 1 : at + 1 + _CAPTION_LINES] if one), None)
            if form and isinstance(block, Table):
                for answer in answers(block, form):
                    self._keep(answer)
                self.dropped += labels_in(block, form)
            elif isinstance(block, Paragraph) and is_caption(block.text, self._forms, is_above_form=below is not None):
                self._take("表名", block.text)
                is_headed = below is not None and block.text.endswith(("表", "）", ")"))
                continue
            elif (
                isinstance(block, Paragraph)
                and is_headed
                and below
                and not (_is_title(block) or self._is_answer(block))
            ):
                # 填报日期 and the like belong to the form, and no label of it says that they are public.
                self.private.append(Private(form=below.title, label="", text=block.text))
                continue
            else:
                yield block
            is_headed = is_headed and form is None

    def _take(self, what: str, text: str) -> None:
        """Out of the text, and told."""
        self.dropped.append(text)
        self._taken.append(f"{what}“{' '.join(text.split())}”")

    def _keep(self, answer: Answer) -> None:
        field, text = answer.field, answer.text
        self.gallery += [block for block in answer.blocks if isinstance(block, Shown)]
        if field is not None and field.public and field.key in ("summary", "intro"):
            text = self._without_keywords(text)
        if not text:
            return
        if field is not None and field.public:
            self.texts.setdefault(field.key, text)
        else:
            self.private.append(Private(form=answer.form, label=answer.label, text=text))

    def _without_keywords(self, text: str) -> str:
        """Without the lines 关键词：…, which are a field of their own."""
        lines = text.split("\n")
        for line in lines:
            if said := _KEYWORDS.match(line):
                self.texts.setdefault("keywords", said["words"])
                self.dropped.append(line)
        return "\n".join(line for line in lines if not _KEYWORDS.match(line))

    def _without_title(self, blocks: list[Block], template: Mapping[str, int]) -> list[Block]:
        """Without the lines of the title and those of its writers: the first that look like one, before anything else is said.

        Lines that answer a form's labels may stand above it.
        """
        known = folded(self.texts.get("title", ""))
        first = next((at for at, block in enumerate(blocks) if not self._is_answer(block)), len(blocks))
        at, lines = first, list[str]()
        while at < len(blocks) and isinstance(block := blocks[at], Paragraph):
            text = tidy(block.text)
            is_known = bool(folded(text)) and folded(text) in known
            if (heading_level(block, template) and not is_known) or len(text) > _LONGEST_TITLE:
                break
            if not (is_known or _is_title(block)):
                break
            lines.append(text)
            self.dropped.append(block.text)
            if is_known:
                self._taken.append(f"标题“{text}”")
            at += 1
        title = "".join(line for line in lines if not line.startswith(("—", "–", "-")))
        subtitle = next((line for line in lines if line.startswith(("—", "–", "-"))), "")
        if subtitle:
            self.texts.setdefault("subtitle", subtitle.lstrip("—–- "))
        self.title = title
        if not lines:
            return blocks
        return blocks[:first] + self._without_byline(blocks[at:], template)

    def _is_answer(self, block: Block) -> bool:
        return isinstance(block, Paragraph) and bool(line_answers(block, self._forms))

    def _without_byline(self, blocks: list[Block], template: Mapping[str, int]) -> list[Block]:
        """Without the lines below the title that name unit and writers; what a form said of them goes before."""
        lines: list[str] = []
        for block in blocks:
            if not isinstance(block, Paragraph) or heading_level(block, template) or self._is_answer(block):
                break
            lines.append(block.text)
        found = byline_of(lines, known=self._writers())
        if found is None:
            return blocks
        for key, words in (("unit", found.unit), ("authors", found.authors)):
            if words:
                self.texts.setdefault(key, words)
        for line in lines[: found.lines]:
            self._take("署名", line)
        for word in found.words:
            if folded(word) not in folded(self._writers()):
                self.remarks.append(Remark(text=f"标题下面写的“{word}”，表里没有，没有导入：请核对单位和撰写人"))
        return blocks[found.lines :]

    def _writers(self) -> str:
        return self.texts.get("unit", "") + self.texts.get("authors", "")

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
            if isinstance(block, Paragraph) and (said := _KEYWORDS.match(block.text)):
                # They end an abstract, whose last line they often are.
                key = "" if key in ("summary", "keywords") else key
                self.texts.setdefault("keywords", said["words"])
                self.dropped.append(block.text)
                continue
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
        if key in ("summary", "intro"):
            text = self._without_keywords(text)
        self.texts[key] = f"{self.texts[key]}\n{text}" if self.texts.get(key) else text


def renamed(spans: Spans, before: str) -> Spans:
    """*spans* whose notes have names of their own, with *before* in front."""
    return tuple(replace(span, note=before + span.note) if span.note else span for span in spans)


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
        return replace(block, spans=renamed(block.spans, before))
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

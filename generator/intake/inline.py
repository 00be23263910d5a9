"""The runs of a paragraph → spans: changes accepted, fields reduced to what they show, drawings handed on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.intake.parts import Element, R, W, local
from generator.intake.styles import HEADING_FACES, PROMPT_COLOUR, TITLE_FACES, Styles, Type
from generator.intake.words import Look, Span
from generator.media.documents.package import Relationship

_DRAWINGS = frozenset({"drawing", "pict", "object"})
_THROUGH = frozenset({"ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase"})
_GONE = frozenset({"del", "moveFrom"})
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?(?P<address>[^"\s]+)')
_SYMBOLS = {"F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0FB": "✗", "F052": "☑", "F0A3": "☐",
            "F0D8": "➢", "F06C": "●", "F0B7": "•", "F0E0": "→"}  # fmt: skip
_WEB = ("http://", "https://")


def choice_of(alternatives: Element) -> Element | None:
    """What Word shows of an mc:AlternateContent: its first choice; the other says the same for older programs."""
    for child in alternatives:
        if local(child) == "Choice":
            return child
    return next((child for child in alternatives if local(child) == "Fallback"), None)


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False  # behind its separator: what it shows stands there


@dataclass(slots=True)
class Changes:
    """What was done to the words of a file as they were read; counts for the report."""

    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class Line:
    """A paragraph as read."""

    spans: list[Span] = field(default_factory=list)
    types: list[Type] = field(default_factory=list)  # of each span that has words
    drawings: list[Element] = field(default_factory=list)
    is_contents: bool = False  # a line of Word's own table of contents


class Inline:
    """Reads paragraphs one after the other: a field may begin in one and end in another."""

    def __init__(self, styles: Styles, changes: Changes) -> None:
        self._styles = styles
        self._changes = changes
        self._fields: list[_Field] = []

    def line(self, paragraph: Element, leads: Mapping[str, Relationship]) -> Line:
        """The paragraph's spans and drawings."""
        line = Line(is_contents=self._is_in_contents)  # it may end here
        self._within(paragraph, paragraph, line, leads, "")
        line.is_contents = line.is_contents or self._is_in_contents
        line.spans = _joined(line.spans)
        return line

    @property
    def _is_in_contents(self) -> bool:
        return any(one.code.split()[:1] == ["TOC"] for one in self._fields)

    def _within(
        self, parent: Element, paragraph: Element, line: Line, leads: Mapping[str, Relationship], link: str
    ) -> None:
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, child, paragraph, line, leads, link)
            elif name == "hyperlink":
                self._within(child, paragraph, line, leads, _address(leads.get(child.get(R + "id", ""))) or link)
            elif name == "fldSimple":
                found = _HYPERLINK.match(child.get(W + "instr", ""))
                self._within(child, paragraph, line, leads, _web(found["address"]) if found else link)
            elif name in _GONE:
                self._changes.counts["deleted"] += len("".join(child.itertext(W + "delText", W + "t")))
            elif name in ("oMath", "oMathPara"):
                self._formula(child, paragraph, line)
            elif name == "AlternateContent":
                if (shown := choice_of(child)) is not None:
                    self._within(shown, paragraph, line, leads, link)
            elif name == "sdt" or name in _THROUGH:
                if name == "ins":
                    self._changes.counts["inserted"] += len("".join(child.itertext(W + "t")))
                self._within(child, paragraph, line, leads, link)

    def _run(
        self,
        run: Element,
        parent: Element,
        paragraph: Element,
        line: Line,
        leads: Mapping[str, Relationship],
        link: str,
    ) -> None:
        type_ = self._styles.type(run, paragraph)
        for child in parent:
            name = local(child)
            if name == "fldChar":
                self._field(child.get(W + "fldCharType", ""), line)
            elif name == "instrText":
                if self._fields and not self._fields[-1].shows:
                    self._fields[-1].code += child.text or ""
            elif name == "AlternateContent":
                if (shown := choice_of(child)) is not None:
                    self._run(run, shown, paragraph, line, leads, link)
            elif name in _DRAWINGS:
                line.drawings.append(child)
            elif name == "ruby":
                self._changes.counts["readings"] += 1
                self._within(child, paragraph, line, leads, link)
            elif name in ("footnoteReference", "endnoteReference"):
                line.spans.append(Span(note=f"{name[0]}{child.get(W + 'id', '')}"))
            elif words := _words(child, name):
                self._put(words, type_, line, link)

    def _put(self, words: str, type_: Type, line: Line, link: str) -> None:
        if self._fields and not self._fields[-1].shows:
            return
        if type_.is_hidden:
            self._changes.counts["hidden"] += len(words.strip())
            return
        if words.strip():
            line.types.append(type_)
        shown = next((found for one in reversed(self._fields) if (found := _HYPERLINK.match(one.code))), None)
        line.spans.append(
            Span(
                text=words,
                is_strong=bool(type_.is_strong),
                is_emphasis=bool(type_.is_emphasis),
                script={"super": "super", "sub": "sub"}.get(type_.script or "", ""),  # type: ignore[arg-type]
                link=(_web(shown["address"]) if shown else "") or link,
            )
        )

    def _field(self, kind: str, line: Line) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
            line.is_contents = line.is_contents or self._is_in_contents
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _formula(self, formula: Element, paragraph: Element, line: Line) -> None:
        words = "".join(child.text or "" for child in formula.iter() if local(child) == "t")
        if words.strip():
            self._changes.counts["formulas"] += 1
            self._put(words, self._styles.type(None, paragraph), line, "")


def _words(child: Element, name: str) -> str:
    match name:
        case "t":
            return child.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" if child.get(W + "type") in ("page", "column"):
            return ""
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "sym":
            return _SYMBOLS.get((child.get(W + "char") or "").upper(), "")
    return ""


def _address(lead: Relationship | None) -> str:
    return _web(lead.target) if lead and lead.is_external else ""


def _web(address: str) -> str:
    """An address that a public page may lead to: no mailbox, no folder of somebody's disk."""
    return address if address.lower().startswith(_WEB) else ""


def _joined(spans: list[Span]) -> list[Span]:
    """Word cuts a sentence into many runs of one look."""
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if last and not span.note and not last.note and _look(last) == _look(span):
            out[-1] = Span(
                text=last.text + span.text, is_strong=last.is_strong, is_emphasis=last.is_emphasis,
                script=last.script, link=last.link,
            )  # fmt: skip
        else:
            out.append(span)
    return out


def _look(span: Span) -> tuple[bool, bool, str, str]:
    return (span.is_strong, span.is_emphasis, span.script, span.link)


def look_of(line: Line, paragraph: Element, styles: Styles) -> Look:
    """How a paragraph looks as a whole."""
    layout = styles.layout(paragraph)
    faces = [type_.face or "" for type_ in line.types]
    return Look(
        is_strong=bool(line.types) and all(type_.is_strong for type_ in line.types),
        is_heading_face=bool(faces) and all(HEADING_FACES.search(face) for face in faces),
        is_title_face=bool(faces) and all(TITLE_FACES.search(face) for face in faces),
        is_centred=bool(layout.is_centred),
        size_pt=max((type_.size_pt or 0.0 for type_ in line.types), default=0.0),
        outline=layout.outline,
        is_prompt=bool(line.types) and all(type_.colour == PROMPT_COLOUR for type_ in line.types),
        is_title_style=any(name in ("title", "标题") for name in styles.names(paragraph)),
    )


def note_lines(root: Element | None, kind: str) -> Iterator[tuple[str, Element]]:
    """Every footnote or endnote that people wrote, by the id that `Span.note` gives; *kind* is their element's name."""
    for note in () if root is None else root.iterchildren(W + kind):
        if note.get(W + "type") in (None, "normal"):
            yield f"{kind[0]}{note.get(W + 'id', '')}", note

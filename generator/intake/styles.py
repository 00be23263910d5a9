"""Styles of a Word file, each with what it inherits: how a paragraph and its runs look in the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from generator.intake.parts import Element, W, at, is_on, value_of

HEADING_FACES = re.compile(r"黑体|楷体|小标宋|SimHei|KaiTi|Heiti|XiaoBiaoSong", re.IGNORECASE)
TITLE_FACES = re.compile(r"小标宋|XiaoBiaoSong", re.IGNORECASE)
PROMPT_COLOUR = "767676"
"""Of what our own templates say to their writer."""

_LONGEST_CHAIN = 20
_NORMAL_PT = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How letters look; None where nothing says so."""

    face: str | None = None
    size_pt: float | None = None
    is_strong: bool | None = None
    is_emphasis: bool | None = None
    is_hidden: bool | None = None
    script: str | None = None
    colour: str | None = None

    def over(self, below: Type) -> Type:
        """This, and where it says nothing *below*."""
        return Type(
            face=below.face if self.face is None else self.face,
            size_pt=below.size_pt if self.size_pt is None else self.size_pt,
            is_strong=below.is_strong if self.is_strong is None else self.is_strong,
            is_emphasis=below.is_emphasis if self.is_emphasis is None else self.is_emphasis,
            is_hidden=below.is_hidden if self.is_hidden is None else self.is_hidden,
            script=below.script if self.script is None else self.script,
            colour=below.colour if self.colour is None else self.colour,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a paragraph's own properties or its style say of it; None where nothing does."""

    is_centred: bool | None = None
    outline: int | None = None
    num_id: str | None = None
    depth: int | None = None

    def over(self, below: Layout) -> Layout:
        """This, and where it says nothing *below*."""
        return Layout(
            is_centred=below.is_centred if self.is_centred is None else self.is_centred,
            outline=below.outline if self.outline is None else self.outline,
            num_id=below.num_id if self.num_id is None else self.num_id,
            depth=below.depth if self.depth is None else self.depth,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    name: str
    parent: str | None
    type: Type
    layout: Layout


class Styles:
    """The styles of a file. Of a chain that leads back to itself, the first twenty count."""

    def __init__(self, root: Element | None) -> None:
        self._root = root

    @cached_property
    def _by_id(self) -> dict[str, _Style]:
        found = {}
        for style in () if self._root is None else self._root.iterchildren(W + "style"):
            found[style.get(W + "styleId", "")] = _Style(
                name=value_of(style, "name") or "",
                parent=value_of(style, "basedOn"),
                type=type_of(at(style, "rPr")),
                layout=layout_of(at(style, "pPr")),
            )
        return found

    @cached_property
    def _default(self) -> str | None:
        for style in () if self._root is None else self._root.iterchildren(W + "style"):
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                return str(style.get(W + "styleId", ""))
        return None

    @cached_property
    def _base(self) -> Type:
        return type_of(at(self._root, "docDefaults/rPrDefault/rPr")).over(Type(size_pt=_NORMAL_PT))

    def _chain(self, style_id: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style_id and style_id in self._by_id and len(chain) < _LONGEST_CHAIN:
            chain.append(self._by_id[style_id])
            style_id = chain[-1].parent
        return chain

    def names(self, paragraph: Element) -> list[str]:
        """The names of the paragraph's style and of those that it is based on, lower case."""
        return [style.name.lower() for style in self._chain(value_of(paragraph, "pPr/pStyle") or self._default)]

    def layout(self, paragraph: Element) -> Layout:
        """A paragraph's layout in the end; an outline level of its style's name (heading 2) counts too."""
        chain = self._chain(value_of(paragraph, "pPr/pStyle") or self._default)
        layout = layout_of(at(paragraph, "pPr"))
        for style in chain:
            layout = layout.over(style.layout)
        if layout.outline is None:
            for style in chain:
                if named := re.fullmatch(r"(?:heading|标题)\s*([1-9])", style.name, re.IGNORECASE):
                    layout = replace(layout, outline=int(named[1]) - 1)
                    break
        return layout

    def type(self, run: Element | None, paragraph: Element) -> Type:
        """How a run looks in the end; None asks for the letters that the paragraph itself has."""
        type_ = type_of(at(run, "rPr"))
        for style in self._chain(value_of(run, "rPr/rStyle")):
            type_ = type_.over(style.type)
        for style in self._chain(value_of(paragraph, "pPr/pStyle") or self._default):
            type_ = type_.over(style.type)
        return type_.over(self._base)


def type_of(properties: Element | None) -> Type:
    """What run properties say by themselves."""
    fonts = at(properties, "rFonts")
    # Word shows Han in the East Asian face; a hint of the other kind alone moves no Han letter.
    face = None if fonts is None else fonts.get(W + "eastAsia") or fonts.get(W + "ascii")
    size = value_of(properties, "sz")
    script = value_of(properties, "vertAlign")
    return Type(
        face=face,
        size_pt=float(size) / 2 if size and re.fullmatch(r"\d{1,4}(\.\d+)?", size) else None,
        is_strong=is_on(properties, "b"),
        is_emphasis=is_on(properties, "i"),
        is_hidden=is_on(properties, "vanish"),
        script={"superscript": "super", "subscript": "sub"}.get(script, "") if script else None,
        colour=value_of(properties, "color"),
    )


def layout_of(properties: Element | None) -> Layout:
    """What paragraph properties say by themselves."""
    outline = value_of(properties, "outlineLvl")
    depth = value_of(properties, "numPr/ilvl")
    alignment = value_of(properties, "jc")
    return Layout(
        is_centred=None if alignment is None else alignment == "center",
        outline=int(outline) if outline and outline.isdigit() and int(outline) < 9 else None,
        num_id=value_of(properties, "numPr/numId"),
        depth=int(depth) if depth and depth.isdigit() else None,
    )

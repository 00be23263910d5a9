"""The Markdown of a case as its checks and the search see it: plain text, headings, pictures and links with their lines.

Read from comrak's own HTML with source positions, so that what is counted is what is shown.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

import comrak

from generator.catalog.document import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body; `text` is plain."""

    level: int
    text: str
    at: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture or a link of the body: where it leads, and its words (the alt text of a picture)."""

    target: str
    text: str
    at: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands in a body. Lines count from the body's first line; captions and alt texts are not in `text`."""

    text: str  # plain; blocks are separated by line feeds, table cells by tabs
    headings: tuple[Heading, ...]
    images: tuple[Reference, ...]
    links: tuple[Reference, ...]
    has_table: bool
    omitted_html: tuple[Mark, ...]  # raw HTML, which pages do not show


def extensions() -> comrak.ExtensionOptions:
    """The Markdown that cases are written in: GitHub's tables and footnotes, emphasis that knows Chinese."""
    options = comrak.ExtensionOptions()
    options.table = options.footnotes = options.strikethrough = options.tasklist = True
    options.cjk_friendly_emphasis = True
    return options


@lru_cache(maxsize=1)
def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    render = comrak.RenderOptions()
    render.sourcepos = True
    render.unsafe_ = False
    parse = comrak.ParseOptions()
    parse.sourcepos_chars = True
    return extensions(), parse, render


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|<!--(.*?)-->", re.DOTALL)
# The number of a footnote and its way back are the renderer's words, not the author's.
_FOOTNOTE_MARK = re.compile(
    r'<sup class="footnote-ref"[^>]*>.*?</sup>|<a [^>]*class="footnote-backref".*?</a>', re.DOTALL
)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li tr blockquote pre br hr table section ol ul div".split())


def read_body(markdown: str) -> Body:
    """The parts of *markdown*; any text at all can be read."""
    extension, parse, render = _options()
    markup = comrak.render_markdown(markdown, extension, parse, render)
    markup = _FOOTNOTE_MARK.sub("", markup)
    texts: list[str] = []
    headings: list[Heading] = []
    images: list[Reference] = []
    links: list[Reference] = []
    omitted: list[Mark] = []
    started: list[tuple[str, int, Mark, str]] = []  # open headings and links: name, first text, place, target
    at = Mark(1, 1)
    has_table = False
    end = 0
    for tag in _TAG.finditer(markup):
        if tag.start() > end:
            texts.append(html.unescape(markup[end : tag.start()]))
        end = tag.end()
        closing, name, attributes = tag.group(1), tag.group(2), tag.group(3)
        if name is None:
            omitted.append(at)
            continue
        given = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        if position := given.get("data-sourcepos"):
            line, column = position.split("-")[0].split(":")
            at = Mark(int(line), int(column))
        if name in _BLOCKS:
            texts.append("\n")
        elif name in ("td", "th") and not closing:
            texts.append("\t")
        has_table = has_table or name == "table"
        if name == "img":
            images.append(
                Reference(target=html.unescape(given.get("src", "")), text=html.unescape(given.get("alt", "")), at=at)
            )
        elif not closing and (name == "a" or (name[0] == "h" and name[1:].isdigit())):
            started.append((name, len(texts), at, html.unescape(given.get("href", ""))))
        elif closing and started and started[-1][0] == name:
            _, first, place, target = started.pop()
            text = "".join(texts[first:]).strip()
            if name == "a":
                links.append(Reference(target=target, text=text, at=place))
            else:
                headings.append(Heading(level=int(name[1:]), text=text, at=place))
    texts.append(html.unescape(markup[end:]))
    plain = re.sub(r"\s*\n\s*", "\n", "".join(texts)).strip()
    return Body(
        text=plain,
        headings=tuple(headings),
        images=tuple(images),
        links=tuple(links),
        has_table=has_table,
        omitted_html=tuple(omitted),
    )

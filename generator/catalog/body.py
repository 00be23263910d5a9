"""The Markdown of a case as its checks and the search see it: plain text, headings, pictures and links with their lines.

Read from comrak's own HTML with source positions, so that what is counted is what is shown.
"""

from __future__ import annotations

import bisect
import html
import itertools
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

import comrak

from generator.catalog.marks import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body; `text` is plain."""

    level: int
    text: str
    at: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture or a link of the body: where it leads, and its words (the alt text of a picture)."""

    target: str  # as the renderer writes it: percent signs for what is not ASCII
    text: str
    at: Mark

    @property
    def path(self) -> str:
        """The target as the path of a file."""
        return path_of(self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands in a body. Lines count from the body's first line; captions and alt texts are not in `text`."""

    text: str  # plain; blocks and cells of tables are separated by line feeds
    headings: tuple[Heading, ...]
    images: tuple[Reference, ...]
    links: tuple[Reference, ...]
    has_table: bool
    omitted_html: tuple[Mark, ...]  # where raw HTML begins, which pages do not show


def path_of(target: str) -> str:
    """A target of Markdown as the path of a file: percent signs resolved, “./x” and “a//x” written plainly."""
    return posixpath.normpath(unquote(target))


MOST_CELLS = 100_000
"""Cells that the tables of one text could have between them; a real table has some hundred."""

_LINE_END = re.compile(r"\r\n?|\n")
_RAW_HTML = re.compile(r"(?<!\\)<[A-Za-z/!?]")


@lru_cache(maxsize=2)
def _extensions(*, has_tables: bool) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = has_tables
    options.footnotes = options.strikethrough = options.tasklist = True
    options.cjk_friendly_emphasis = True
    return options


def extensions(markdown: str) -> comrak.ExtensionOptions:
    """The Markdown that *markdown* is written in: GitHub's tables and footnotes, emphasis that knows Chinese.

    A text whose tables could outgrow `MOST_CELLS` is read without tables.
    """
    # A row fills up to the width of its head: 18 kB of short rows under 3,000 columns took 1.6 GB.
    bars = markdown.count("|")
    if (1 + markdown.count("\n") + markdown.count("\r")) * (1 + bars) <= MOST_CELLS:
        return _extensions(has_tables=True)
    lines = _LINE_END.split(markdown)
    return _extensions(has_tables=len(lines) * (1 + max(line.count("|") for line in lines)) <= MOST_CELLS)


@lru_cache(maxsize=1)
def _render_options() -> comrak.RenderOptions:
    render = comrak.RenderOptions()
    render.sourcepos = True
    render.unsafe_ = False
    return render


class _Places:
    """Positions as comrak gives them, columns in bytes, as marks, columns in characters.

    comrak can count characters itself, but starts each time at the head of the line: a line of 80 kB took 6 s.
    """

    def __init__(self, markdown: str) -> None:
        self._markdown = markdown
        ends: Iterable[int] = (end.end() for end in _LINE_END.finditer(markdown))
        if "\r" not in markdown:  # a tenth of the time
            ends = itertools.accumulate(len(line) + 1 for line in markdown.split("\n")[:-1])
        self._starts = [0, *ends, len(markdown)]
        self._last = (0, 0, 0)  # line, and bytes and characters before a column of it
        self._hunted = 0

    def mark(self, line: int, column: int) -> Mark:
        """The mark of a byte column."""
        last_line, bytes_before, characters = self._last
        if line != last_line or column - 1 < bytes_before:
            bytes_before = characters = 0
        start, end = self._starts[line - 1 : line + 1]
        while bytes_before < column - 1 and start + characters < end:
            bytes_before += len(self._markdown[start + characters].encode("utf-8"))
            characters += 1
        self._last = (line, bytes_before, characters)
        return Mark(line, characters + 1)

    def raw_html(self, line: int, column: int) -> tuple[Mark, bool]:
        """The next raw HTML from a place on, and whether it opens something; comrak leaves it out without a place."""
        mark = self.mark(line, column)
        found = _RAW_HTML.search(self._markdown, max(self._hunted, self._starts[line - 1] + mark.column - 1))
        if found is None:
            return mark, True
        self._hunted = found.end()
        line = bisect.bisect_right(self._starts, found.start())
        return Mark(line, found.start() - self._starts[line - 1] + 1), not found.group().endswith("/")


# The number of a footnote and its way back are the renderer's words, not the author's.
_FOOTNOTE_MARK = re.compile(
    r'<sup [^>]*class="footnote-ref"[^>]*>.*?</sup>|<a [^>]*class="footnote-backref".*?</a>', re.DOTALL
)
_TOLD = re.compile(r"<(/?)(h[1-6]|a|img|table)\b([^>]*)>|<!--.*?-->", re.DOTALL)
_BLOCK_TAG = re.compile(r"</?(?:p|h[1-6]|li|tr|blockquote|pre|br|hr|table|section|ol|ul|div)\b[^>]*>")
_OTHER_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_POSITION = 'data-sourcepos="'


def read_body(markdown: str) -> Body:
    """The parts of *markdown*; any text at all can be read."""
    markup = comrak.render_markdown(markdown, extensions(markdown), render_options=_render_options())
    if 'class="footnote' in markup:
        markup = _FOOTNOTE_MARK.sub("", markup)
    headings: list[Heading] = []
    images: list[Reference] = []
    links: list[Reference] = []
    omitted: list[Mark] = []
    started: list[tuple[str, int, Mark, str]] = []  # open headings and links: name, first character, place, target
    places = _Places(markdown)
    has_table = False
    for tag in _TOLD.finditer(markup):
        closing, name, attributes = tag.groups()
        if name is None:
            mark, is_opening = places.raw_html(*_position_at(markup, tag.start()))
            if is_opening or not omitted:
                omitted.append(mark)
        elif name == "table":
            has_table = True
        elif closing:
            if started and started[-1][0] == name:
                _, first, place, target = started.pop()
                text = _plain(markup[first : tag.start()]).strip()
                if name == "a":
                    links.append(Reference(target=target, text=text, at=place))
                else:
                    headings.append(Heading(level=int(name[1:]), text=text, at=place))
        else:
            given = dict(_ATTRIBUTE.findall(attributes))
            place = places.mark(*_position_at(markup, tag.end()))
            if name == "img":
                target, alt = html.unescape(given.get("src", "")), html.unescape(given.get("alt", ""))
                images.append(Reference(target=target, text=alt, at=place))
            else:
                started.append((name, tag.end(), place, html.unescape(given.get("href", ""))))
    return Body(
        text="\n".join(filter(None, map(str.strip, _plain(markup).split("\n")))),
        headings=tuple(headings),
        images=tuple(images),
        links=tuple(links),
        has_table=has_table,
        omitted_html=tuple(omitted),
    )


def _position_at(markup: str, end: int) -> tuple[int, int]:
    """Line and byte column of the last element before *end* that says where it stands."""
    start = markup.rfind(_POSITION, 0, end) + len(_POSITION)
    if start < len(_POSITION):
        return 1, 1
    line, column = markup[start : markup.index("-", start)].split(":")
    return int(line), int(column)


def _plain(markup: str) -> str:
    """The text of *markup*, with line feeds where blocks and cells of tables begin and end."""
    return html.unescape(_OTHER_TAG.sub("", _BLOCK_TAG.sub("\n", markup)))

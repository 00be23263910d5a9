"""Contributed Markdown → HTML that can do no harm, with its pictures from the store and a table of contents.

comrak renders without raw HTML; nh3 then lets through a short list of elements, so that a fault in one
of the two is not a hole.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import comrak
import nh3

from generator.catalog.body import extensions, path_of
from generator.pages.media_views import PictureView

_TAGS = frozenset(
    "p br hr h2 h3 h4 h5 h6 ul ol li blockquote strong em del code pre table thead tbody tr th td a img sup section".split()
)
_ATTRIBUTES = {
    "a": {"href", "id", "class", "title"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"class", "id"},
    "section": {"class"},
    "th": {"align"},
    "td": {"align"},
}


ELSEWHERE = '<span class="visually-hidden">外部网站：</span>'
"""Said before the words of a link to another host, where eyes see an arrow behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A heading in the table of contents."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Rendered Markdown: safe HTML, and its headings of levels 2 and 3."""

    html: str
    contents: tuple[Contents, ...]


@lru_cache(maxsize=1)
def _options() -> comrak.RenderOptions:
    render = comrak.RenderOptions()
    render.unsafe_ = False
    return render


def article(
    markdown: str,
    pictures: Mapping[str, PictureView],
    draw: Callable[[PictureView], str],
    resolve: Callable[[str], str | None] = lambda _: None,
    leave: Callable[[str], str | None] = lambda _: None,
) -> Article:
    """*markdown* as an `Article`.

    *draw* gives the HTML of a picture that the store has; others become a line that says so.
    *resolve* gives the address of a relative link to a file of the case, *leave* that of the page before a link to
    another host; where they give None, the link is dropped and its words stay.
    """
    rough = comrak.render_markdown(markdown, extension_options=extensions(markdown), render_options=_options())
    clean = nh3.clean(
        _BOX.sub(lambda found: "☑ " if "checked" in found[0] else "□ ", rough)
        .replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>"),
        tags=set(_TAGS),
        attributes={name: set(allowed) for name, allowed in _ATTRIBUTES.items()},
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )
    # A line of Chinese that was wrapped in the source would show a blank where it went on.
    clean = _WRAP.sub("", clean)
    clean = _TICK.sub('<li class="tick">', clean)
    clean = _LINKED_IMAGE.sub(r"\g<inside>", clean)
    clean = _PARAGRAPH.sub(_beside_images, clean)
    # Before pictures are drawn: they bring links of their own.
    clean = _LINK.sub(lambda found: _link(found, resolve, leave), clean)
    clean = _IMAGE.sub(lambda found: _figure(found.group("src"), found, pictures, draw), clean)
    return _with_anchors(_with_scrolling_tables(clean))


_HAN = r"\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e"
_BOX = re.compile(r'<input type="checkbox"[^>]*> ?')  # of a task list, which is there to be printed
_TICK = re.compile(r"<li>(?=\s*(?:<p>)?[□☑] )")
_WRAP = re.compile(rf"(?<=[{_HAN}”’])\n(?=[{_HAN}“‘])")
_IMAGE_ATTRIBUTES = r'<img src="(?P<src>[^"]*)"(?: alt="(?P<alt>[^"]*)")?(?: title="(?P<title>[^"]*)")?>'
_IMAGE = re.compile(_IMAGE_ATTRIBUTES)
# A picture can be enlarged, which is a link; a link that an author put around it cannot be kept beside that.
_LINKED_IMAGE = re.compile(r"<a [^>]*>(?P<inside>(?:(?!</a>).)*<img (?:(?!</a>).)*)</a>", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(?P<inside>(?:(?!</p>).)*<img (?:(?!</p>).)*)</p>", re.DOTALL)
_TABLE = re.compile(r"<table>(?P<inside>.*?)</table>", re.DOTALL)
_LINK = re.compile(r'<a href="(?P<href>[^"]*)"(?P<rest>[^>]*)>')
_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)


def _beside_images(found: re.Match[str]) -> str:
    """A paragraph with images as paragraphs and images in turn: a figure stands in no paragraph."""
    parts = re.split(r"(<img [^>]*>)", found.group("inside"))
    return "".join(
        part if part.startswith("<img ") else f"<p>{part.strip()}</p>" for part in parts if re.sub(r"<br>|\s", "", part)
    )


def _with_scrolling_tables(markup: str) -> str:
    """Every table in a frame that scrolls by itself, reached by the keyboard and named by its number."""
    numbers = itertools.count(1)
    return _TABLE.sub(
        lambda found: (
            f'<div class="scroll" tabindex="0" role="region" aria-label="表格 {next(numbers)}">'
            f"<table>{found.group('inside')}</table></div>"
        ),
        markup,
    )


def _figure(
    source: str, found: re.Match[str], pictures: Mapping[str, PictureView], draw: Callable[[PictureView], str]
) -> str:
    picture = pictures.get(path_of(html.unescape(source)))
    title = found.group("title") or ""
    if picture is None:
        words = found.group("alt") or title or "图片"
        return f'<p class="missing" role="img" aria-label="{words}">图片暂缺：{words}</p>'
    caption = title or html.escape(picture.caption)
    credit = f'<span class="credit">{html.escape(picture.credit)}</span>' if picture.credit else ""
    below = f"<figcaption>{caption}{credit}</figcaption>" if caption or credit else ""
    return f'<figure class="figure"><span class="frame">{draw(picture)}</span>{below}</figure>'


def _link(found: re.Match[str], resolve: Callable[[str], str | None], leave: Callable[[str], str | None]) -> str:
    href, rest = found.group("href"), found.group("rest")
    if href.startswith("#"):
        return found.group(0)
    address = html.unescape(href)
    if address.lower().startswith(("http://", "https://")):
        way = leave(address)
        to = f'class="external" rel="nofollow" data-to="{html.escape(address)}"'  # which paper shows
        return f'<a href="{html.escape(way)}" {to}>{ELSEWHERE}' if way else "<a>"
    target = resolve(address)
    return f'<a href="{html.escape(target)}"{rest}>' if target else "<a>"


def _with_anchors(markup: str) -> Article:
    """Headings get anchors in their order, so that an address of a section lasts as long as its place."""
    contents: list[Contents] = []
    number = 0

    def anchored(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        level, inner = int(found.group(1)), found.group(2)
        text = html.unescape(re.sub(r"<[^>]+>", "", inner)).strip()
        if level <= 3:
            contents.append(Contents(level=level, text=text, anchor=f"s{number}"))
        return f'<h{level} id="s{number}">{inner}</h{level}>'

    return Article(html=_HEADING.sub(anchored, markup), contents=tuple(contents))

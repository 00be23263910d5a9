"""Chinese type of frame and lists: lines that can be read, marks that do not begin a line, figures that stand in columns."""

from __future__ import annotations

import pytest

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

RUNNING = ".head__lead, .callout, .text p, .text li, .notice-page p"
MOST_CHARACTERS = 40

WIDTHS = f"""() => [...document.querySelectorAll("{RUNNING}")].filter(e => e.checkVisibility()).map(e => {{
    const style = getComputedStyle(e);
    const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return [e.className || e.tagName, inner / parseFloat(style.fontSize)];
}})"""

# The first character of each line of running text.
FIRST = f"""() => {{
    const first = [];
    for (const e of document.querySelectorAll("{RUNNING}")) {{
        const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
        let bottom = -Infinity;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
            if (node.parentElement.closest(".visually-hidden")) continue;
            for (let i = 0; i < node.length; i++) {{
                const range = document.createRange();
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                const box = range.getBoundingClientRect();
                if (!box.width) continue;
                if (box.top >= bottom - 2) first.push(node.data[i]);
                bottom = Math.max(bottom, box.bottom);
            }}
        }}
    }}
    return first;
}}"""


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_running_text_has_at_most_forty_characters_a_line(open_page: Open, path: str, elder: bool) -> None:
    page = open_page(path, width=1440, elder=elder)
    assert [(name, count) for name, count in page.evaluate(WIDTHS) if count > MOST_CHARACTERS] == []


@pytest.mark.parametrize("width", [320, 390, 768])
@pytest.mark.parametrize("path", ["about/", "accessibility/", KINDS["leaving"]])
def test_no_line_begins_with_a_closing_mark(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    first = page.evaluate(FIRST)
    assert len(first) >= 2
    assert [mark for mark in first if mark in "，。；：！？、）》”’」』…—·%"] == []


def test_the_style_asks_for_strict_lines_and_gaps_between_han_and_latin(open_page: Open) -> None:
    page = open_page("about/")
    assert page.evaluate("getComputedStyle(document.body).lineBreak") == "strict"
    supported = page.evaluate("CSS.supports('text-autospace', 'normal')")
    assert not supported or page.evaluate("getComputedStyle(document.body).textAutospace") == "normal"


def test_counts_and_tables_have_figures_of_one_width(open_page: Open) -> None:
    page = open_page("sitemap/")
    assert page.locator(".count").first.evaluate("e => getComputedStyle(e).fontVariantNumeric") == "tabular-nums"
    page.goto(page.url.replace("sitemap/", "results/yueyang-2021/"))
    assert page.locator("table").first.evaluate("e => getComputedStyle(e).fontVariantNumeric") == "tabular-nums"

"""No page of any kind jumps under the reader: the cumulative layout shift that Chromium measures, down to the foot of the page."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

MOST = 0.02
WATCH = """window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) shifts.push([entry.value, entry.sources.map(from => from.node && from.node.nodeName + '.' + from.node.className).join()]);
})).observe({ type: 'layout-shift', buffered: true });"""
READ = """() => new Promise(done => {
  function step() {
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) return setTimeout(done, 300);
    scrollBy(0, 200);
    setTimeout(step, 40);
  }
  step();
})"""


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_nothing_jumps_while_a_reader_scrolls_to_the_end(
    open_page: Open, address: str, path: str, width: int, elder: bool
) -> None:
    page = open_page("about/", width=width, elder=elder)
    page.add_init_script(WATCH)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(READ)
    shifts: list[Any] = page.evaluate("shifts")
    assert sum(shift[0] for shift in shifts) <= MOST, shifts

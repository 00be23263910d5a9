"""axe-core finds nothing on any kind of page: light and dark, phone and desk, standard and 长辈版."""

from __future__ import annotations

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

# Its rule on the size of targets is off by default; WCAG 2.2 asks for it.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}

SHOW = """([scheme, isElder]) => {
    document.documentElement.setAttribute("data-scheme", scheme);
    document.documentElement.toggleAttribute("data-elder", isElder);
}"""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_no_violation(open_page: Open, path: str) -> None:
    page = open_page(path)
    # A colour on its way to another would be measured half-way.
    page.emulate_media(reduced_motion="reduce")
    axe = Axe()
    found = []
    for width, scheme, is_elder in itertools.product((390, 1440), ("light", "dark"), (False, True)):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(SHOW, [scheme, is_elder])
        for violation in axe.run(page, options=OPTIONS).response["violations"]:
            where = [node["target"] for node in violation["nodes"][:3]]
            why = violation["nodes"][0]["failureSummary"].splitlines()[1:3]
            found.append((width, scheme, "elder" if is_elder else "standard", violation["id"], where, why))
    assert found == []


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_there_is_one_of_each_landmark_and_headings_leave_no_level_out(open_page: Open, path: str) -> None:
    page = open_page(path)
    for landmark, count in (("banner", 1), ("main", 1), ("contentinfo", 1)):
        assert page.get_by_role(landmark).count() == count, landmark  # type: ignore[arg-type]
    assert page.get_by_role("navigation", name="主要栏目").count() == 1
    levels = page.evaluate(
        """[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
            .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels

"""The pager offers what leads on, and every address it names exists."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis.strategies import integers

from generator.pages.views import Page, Pager


def test_the_first_page_of_a_list_is_the_list_itself() -> None:
    pager = Pager(number=2, count=3, first_url="cases/")
    assert pager.url(1) == "cases/"
    assert pager.url(3) == "cases/page/3/"


@given(count=integers(1, 500), data=integers(1, 500))
def test_a_pager_offers_first_last_itself_and_its_neighbours(count: int, data: int) -> None:
    number = min(count, data)
    shown = Pager(number=number, count=count, first_url="x/").numbers
    offered = [n for n in shown if n is not None]
    assert {1, count, number} <= set(offered)
    assert offered == sorted(set(offered))
    assert all(1 <= n <= count for n in offered)
    assert all((b - a > 1) == (None in shown[shown.index(a) : shown.index(b)]) for a, b in itertools.pairwise(offered))


def test_a_page_answers_at_its_folder_and_404_at_its_file() -> None:
    def path(url: str) -> str:
        return Page(url=url, template="", title="", description="", view=None).path

    assert (path(""), path("cases/a/b/"), path("404.html")) == ("index.html", "cases/a/b/index.html", "404.html")

"""The editors' page with attacking cases in its folder and attacking calls in its settings, behind the real nginx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser.editing import KNOWN, Desk
from playwright.sync_api import Browser, Route, expect

from generator.publish.folder import Folder
from generator.publish.transfer import publish
from generator.store import Store

from .conftest import NOW
from .hostile import CASE, PILOT, Attacker
from .hostile_site import Attacked, with_editors_page
from .server import Nginx, free_port, listening, made, running
from .watching import watching

pytestmark = [pytest.mark.browser, pytest.mark.npm]

_HARMLESS = (
    *KNOWN,
    "shiki-engine",  # colours for code, which the page does without
    # What the policy reports when the program's sanitizer parses a text to take out its tags, where nothing runs.
    *("script-src-attr inline", "Executing inline event handler"),
)

_CLOSED = 'section button[aria-expanded=false]:has-text("chevron_right")'
"""Parts of the form that a click opens; what is far below is made when it is scrolled to."""


@pytest.fixture(scope="module")
def project(attacked_site: Attacked, editors_program: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_editors_page(attacked_site, tmp_path_factory.mktemp("edited") / "project")


@pytest.fixture(scope="module")
def server(root: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    target_dir, port = tmp_path_factory.mktemp("srv") / "showcase", free_port()
    publish(project / "site", Folder(target_dir), keep=1, now=NOW, max_lost_percent=None)
    configuration = made(root / "mkdocs.yml", target_dir, "--admin", *listening(port))
    with running(tmp_path_factory.mktemp("nginx"), configuration, port) as nginx:
        yield nginx


@pytest.mark.parametrize("has_policy", [True, False], ids=["with-its-policy", "without-a-policy"])
def test_nothing_of_an_attacking_case_runs_on_the_editors_page(
    browser: Browser, server: Nginx, project: Path, has_policy: bool
) -> None:
    """Without the policy, too: it is the second wall, and stops what would be a fault of the program."""
    desk = Desk(browser, server.address, has_policy=has_policy)
    desk.page.set_default_timeout(20_000)
    watched = watching(desk.context, server.address)
    desk.context.route(f"{server.address}repository/**", lambda route: _answer_from(project, route))
    desk.fill(project, CASE.id, PILOT.id)
    desk.open()
    for attacker in (CASE, PILOT):
        _look_at_call(desk, attacker)
    _look_at_case(desk, PILOT)
    main = desk.page.get_by_role("main")
    desk.go("search/攻")
    expect(main.get_by_text(f"攻{PILOT.first}").first).to_be_visible()
    desk.go("assets")
    expect(main).to_contain_text("svg onload=alert(")
    watched.note("admin/", desk.page)
    desk.context.close()
    assert [one for one in watched.seen if not any(words in one for words in _HARMLESS)] == []


def _answer_from(project: Path, route: Route) -> None:
    """What `Desk.fill` asks for, which no web server has."""
    route.fulfill(path=project / unquote(urlsplit(route.request.url).path).removeprefix("/repository/"))


def _look_at_call(desk: Desk, attacker: Attacker) -> None:
    """The list of its cases, and an empty form with what the call says beside the fields."""
    desk.go(f"collections/{attacker.call}")
    expect(desk.page.get_by_role("main").get_by_text(f"攻{attacker.first}")).to_be_visible()
    desk.go(f"collections/{attacker.call}/new")
    expect(desk.field("title").locator("input")).to_have_value("")
    if attacker is CASE:
        expect(desk.field("themes")).to_contain_text(re.compile(r"本次活动的主题：.*攻\d+"))


def _look_at_case(desk: Desk, attacker: Attacker) -> None:
    """The case in the form with every part open, and its text as laid out."""
    desk.go(f"collections/{attacker.call}/entries/{attacker.slug}/index")
    expect(desk.field("subtitle").locator("input")).to_have_value(re.compile("<script>alert"))
    while desk.page.locator(_CLOSED).count():
        desk.page.locator(_CLOSED).first.click()
    expect(desk.field("honors.0.doc_no").locator("input")).to_have_value(re.compile("<script>alert"))
    desk.field("body").get_by_role("button", name="以 Markdown 编辑").click()
    expect(desk.field("body").get_by_role("heading", name=attacker.sections[0])).to_be_visible()
    desk.page.wait_for_timeout(300)

"""A case and a call that attack with all they have, published, behind the real nginx, every page opened in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from broken.projects import run
from pages.attacks import WITHHELD
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from conftest import SMALL, laid_out
from generator.publish.folder import Folder
from generator.publish.transfer import publish

from . import hostile
from .conftest import NOW
from .server import Nginx, free_port, listening, made, running

pytestmark = pytest.mark.browser

CASE = f"{hostile.CALL}/{hostile.SLUG}"

_WATCH = """
window.reports = [];
addEventListener("securitypolicyviolation", report => window.reports.push(report.violatedDirective + " " + report.blockedURI));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.reports.push(name);
"""


@pytest.fixture(scope="module")
def site_dir(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two honest cases, the attacking one, its attacking call, and cases that the check withholds."""
    project = laid_out(tmp_path_factory.mktemp("attacked") / "project", *SMALL)
    call_dir = project / "cases" / hostile.CALL
    video = root / "cases" / "yueyang-2021" / "yunxi-safe-chemistry" / "media" / "dilute-acid.mov"
    attack = hostile.attack_case(call_dir / hostile.SLUG, video)
    assert len(attack.fields) > 25
    assert len(hostile.attack_call(call_dir).fields) > 12
    index = (call_dir / hostile.SLUG / "index.md").read_text("utf-8")
    for number, line in enumerate(WITHHELD):
        again = call_dir / f"withheld-{number}" / "index.md"
        again.parent.mkdir()
        front, _, _ = index.removeprefix("---\n").partition("\n---\n")
        kept = re.sub(r"(?ms)^(cover|aliases|related|pictures|videos|attachments):.*?(?=^\w)", "", f"{front}\n")
        again.write_text(f"---\n{kept}---\n\n{line}\n", "utf-8")
    done = run(project, "build")
    withheld = {f"{hostile.CALL}/withheld-{number}" for number in range(len(WITHHELD))}
    assert done.exit_code == 1
    pages = {path.parent.relative_to(project / "site" / "cases").as_posix() for path in _cases(project / "site")}
    assert CASE in pages and not withheld & pages
    return project / "site"


def _cases(site_dir: Path) -> list[Path]:
    return list((site_dir / "cases").glob("*/*/index.html"))


@pytest.fixture(scope="module")
def server(root: Path, site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    target_dir, port = tmp_path_factory.mktemp("srv") / "showcase", free_port()
    publish(site_dir, Folder(target_dir), keep=1, now=NOW, max_lost_percent=None)
    configuration = made(root / "mkdocs.yml", target_dir, *listening(port))
    with running(tmp_path_factory.mktemp("nginx"), configuration, port) as nginx:
        yield nginx


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A page, and everything about it that only an attack does."""

    page: Page
    address: str
    seen: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Opens a page, waits until it is quiet, and notes what it reported and whether it led away."""
        self.page.goto(self.address + path, wait_until="networkidle")
        self.note(path)

    def note(self, path: str) -> None:
        self.seen.extend(f"{path}: {report}" for report in self.page.evaluate("window.reports.splice(0)"))
        if unquote(self.page.url.partition("#")[0].partition("?")[0]) != unquote(self.address + path.partition("?")[0]):
            self.seen.append(f"{path}: led to {self.page.url}")


@pytest.fixture
def watched(browser: Browser, server: Nginx) -> Iterator[Watched]:
    """At the end: no dialog, no request elsewhere, no report of the policy, no fault of a script, no way that was not asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(_WATCH)
    found = Watched(page=context.new_page(), address=server.address)
    own = (server.address, "data:", "blob:", "chrome-extension:", "chrome:")

    def note_request(request: Request) -> None:
        if not request.url.startswith(own):
            found.seen.append(f"asked {request.url}")

    found.page.on("request", note_request)

    def note_dialog(dialog: Dialog) -> None:
        found.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    found.page.on("dialog", note_dialog)
    found.page.on("pageerror", lambda error: found.seen.append(f"{found.page.url}: {error}"))
    found.page.on("popup", lambda popup: found.seen.append(f"opened {popup.url}"))
    found.page.on(
        "console", lambda message: found.seen.append(message.text) if message.type in ("error", "warning") else None
    )
    yield found
    context.close()
    assert found.seen == []


def test_nothing_of_an_attacking_case_runs_on_any_page(watched: Watched, site_dir: Path) -> None:
    pages = sorted(
        path.relative_to(site_dir).as_posix().removesuffix("index.html") for path in site_dir.rglob("*.html")
    )
    assert len(pages) > 40 and f"cases/{CASE}/" in pages
    with_attack = 0
    for path in pages:
        if (
            "attack-of-old" in path or path == "404.html"
        ):  # leads on, on purpose; is told of with a fault by the browser
            continue
        watched.open(path)
        text = watched.page.evaluate("document.documentElement.innerText")
        with_attack += "onload=alert(" in text or "onerror=alert(" in text
        assert (
            watched.page.locator("[onload],[onerror],[onclick],[onmouseover],base,meta[http-equiv='refresh' i]").count()
            == 0
        )
        names = "svg svg, main iframe, main object, main embed, main math, main style"
        assert watched.page.locator(names).count() == 0, path
    assert with_attack > 10


def test_the_case_page_shows_every_attack_as_the_words_that_it_is(watched: Watched) -> None:
    watched.open(f"cases/{CASE}/")
    text = watched.page.evaluate("document.documentElement.innerText")
    shown = set(re.findall(r"攻(\d+)", text))
    assert len(shown) > 12
    assert "<script>alert(" in text
    for name in ("details", "button", "[role=tab]"):
        for one in watched.page.locator(f"main {name}").all():
            if one.is_visible():
                one.click()
    watched.page.wait_for_timeout(300)
    watched.note(f"cases/{CASE}/")


@pytest.mark.parametrize(
    "words", ["攻", "<script>alert(1)</script>", "'\"><svg onload=alert(1)>", "javascript:alert(1)"]
)
def test_a_search_shows_attacks_as_words(watched: Watched, words: str) -> None:
    path = f"search/?q={quote(words)}"
    watched.open(path)
    main = watched.page.locator("main")
    if words == "攻":
        expect(main.locator(f"a[href*='{hostile.SLUG}']").first).to_be_visible()
        assert "onload=alert(" in main.inner_text()
    watched.note(path)


def test_suggestions_show_attacks_as_words(watched: Watched) -> None:
    watched.open("")
    box = watched.page.locator("#home-q")
    box.focus()
    expect(box).to_have_attribute("role", "combobox")
    box.press_sequentially("攻")
    options = watched.page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert any("alert(" in text for text in options.all_inner_texts())
    watched.page.keyboard.press("ArrowDown")
    watched.note("")


def test_machines_read_attacks_as_words(site_dir: Path) -> None:
    feeds = [*site_dir.glob("feeds/**/*.xml"), site_dir / "sitemap.xml"]
    for path in feeds:
        tree = ElementTree.parse(path)
        assert {str(node.tag).rpartition("}")[2] for node in tree.iter()}.isdisjoint(
            {"script", "svg", "img", "meta", "style"}
        )
    tables = [*site_dir.glob("data/*.json"), *site_dir.glob("search/**/*.json")]
    assert len(feeds) > 3 and len(tables) > 2
    for path in tables:
        json.loads(path.read_text("utf-8"))
    for path in site_dir.rglob("*.vtt"):
        assert "<script" not in path.read_text("utf-8") and "<img" not in path.read_text("utf-8")


def test_no_file_of_the_site_bears_the_name_that_an_attacker_gave_it(site_dir: Path) -> None:
    names = [path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/+-]+", name)] == []
    assert not any(b"onload=alert(0)" in path.read_bytes()
                   for path in (site_dir / "media").iterdir())  # fmt: skip

"""Cases and calls that attack with all they have, published, behind the real nginx, every page opened in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from generator.publish.folder import Folder
from generator.publish.transfer import publish

from .conftest import NOW
from .hostile import CASE, PILOT, Attacker
from .hostile_files import ELSEWHERE
from .hostile_site import Attacked
from .server import Nginx, free_port, listening, made, running
from .watching import Watched, watching

pytestmark = pytest.mark.browser

both = pytest.mark.parametrize("attacker", [CASE, PILOT], ids=lambda attacker: attacker.slug)

NOWHERE = {
    *(
        "cover",
        "pictures.file",
        "videos.file",
        "videos.captions",
        "videos.poster",
        "attachments.file",
    ),  # names of files
    *("unit.tags", "consent.minors", "allow.reason", "allow.shown"),  # for those who check
    "topics",  # words that are no topic of ours
}
"""Fields of which no page says a word."""

_POSTER = """async video => {
  const image = Object.assign(new Image(), {src: video.poster});
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}"""

_CUES = """async video => {
  const track = video.textTracks[0];
  track.mode = "showing";
  for (let turn = 0; turn < 100 && !(track.cues && track.cues.length); turn++) await new Promise(done => setTimeout(done, 50));
  return [...track.cues].map(cue => [cue.getCueAsHTML().textContent, cue.getCueAsHTML().querySelectorAll("*").length]);
}"""


@pytest.fixture(scope="module")
def site_dir(attacked_site: Attacked) -> Path:
    return attacked_site.site_dir


@pytest.fixture(scope="module")
def server(root: Path, site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    target_dir, port = tmp_path_factory.mktemp("srv") / "showcase", free_port()
    publish(site_dir, Folder(target_dir), keep=1, now=NOW, max_lost_percent=None)
    configuration = made(root / "mkdocs.yml", target_dir, *listening(port))
    with running(tmp_path_factory.mktemp("nginx"), configuration, port) as nginx:
        yield nginx


@pytest.fixture
def watched(browser: Browser, server: Nginx) -> Iterator[Watched]:
    """At the end: no dialog, no request elsewhere, no report of the policy, no fault of a script, no way that was not asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    found = watching(context, server.address)
    yield found
    context.close()
    assert found.seen == []


def test_nothing_of_an_attacking_case_runs_on_any_page(watched: Watched, site_dir: Path) -> None:
    pages = sorted(
        path.relative_to(site_dir).as_posix().removesuffix("index.html") for path in site_dir.rglob("*.html")
    )
    assert len(pages) > 50 and {f"cases/{CASE.id}/", f"cases/{PILOT.id}/", "pilots/"} <= set(pages)
    # Those lead on, on purpose; the browser itself tells of the other one as of a fault.
    opened = [path for path in pages if "attack-of-old" not in path and path != "404.html"]
    with_attack = 0
    for path, page in watched.each(opened):
        text = page.evaluate("document.documentElement.innerText")
        with_attack += "onload=alert(" in text or "onerror=alert(" in text
        assert page.locator("[onload],[onerror],[onclick],[onmouseover],base,meta[http-equiv='refresh' i]").count() == 0
        names = "svg svg, main iframe, main object, main embed, main math, main style"
        assert page.locator(names).count() == 0, path
    assert with_attack > 15


@both
def test_the_case_page_shows_every_attack_as_the_words_that_it_is(
    watched: Watched, attacked_site: Attacked, attacker: Attacker
) -> None:
    path = f"cases/{attacker.id}/"
    page = watched.open(path)
    text, source = page.evaluate("[document.documentElement.innerText, document.documentElement.outerHTML]")
    assert "<script>alert(" in text
    numbers = {int(found) for found in re.findall(rf"(?:攻|{re.escape(ELSEWHERE)}/)(\d+)", source)}
    attacked = attacked_site.attacks[attacker.id].fields
    assert {where for where, given in attacked.items() if not numbers & given} == NOWHERE
    for name in ("details", "button", "[role=tab]"):
        for one in page.locator(f"main {name}").all():
            if one.is_visible():
                one.click()
    page.wait_for_timeout(300)
    watched.note(path, page)


@both
def test_a_video_has_the_poster_of_its_case_and_captions_that_are_words(watched: Watched, attacker: Attacker) -> None:
    path = f"cases/{attacker.id}/"
    page = watched.open(path)
    video = page.locator("main video").first
    width_px, height_px = video.evaluate(_POSTER)
    assert width_px > height_px  # the video's own frames stand upright
    cues = video.evaluate(_CUES)
    assert len(cues) == 2 and all("攻0" in text and not elements for text, elements in cues)
    assert ("<script>alert(0)</script>" in cues[1][0]) == (attacker is PILOT)
    video.evaluate("video => { video.muted = true; return video.play(); }")
    page.wait_for_timeout(300)
    watched.note(path, page)


@both
def test_an_attachment_is_saved_under_a_name_that_every_system_can_hold(watched: Watched, attacker: Attacker) -> None:
    page = watched.open(f"cases/{attacker.id}/")
    link = page.locator("main .file a[download]").first
    with page.expect_download() as saving:
        link.click()
    name = saving.value.suggested_filename
    assert link.get_attribute("download") == name  # this browser had to mend nothing
    assert re.fullmatch(rf"攻\d+[^/\\:*?\"<>|\x00-\x1f]*{re.escape(attacker.paper)}", name), name


@pytest.mark.parametrize(
    "words", ["攻", "<script>alert(1)</script>", "'\"><svg onload=alert(1)>", "javascript:alert(1)"]
)
def test_a_search_shows_attacks_as_words(watched: Watched, words: str) -> None:
    path = f"search/?q={quote(words)}"
    page = watched.open(path)
    main = page.locator("main")
    if words == "攻":
        for attacker in (CASE, PILOT):
            expect(main.locator(f"a[href*='{attacker.slug}']").first).to_be_visible()
        assert "onload=alert(" in main.inner_text()
    watched.note(path, page)


def test_suggestions_show_attacks_as_words(watched: Watched) -> None:
    page = watched.open("")
    box = page.locator("#home-q")
    box.focus()
    expect(box).to_have_attribute("role", "combobox")
    box.press_sequentially("攻")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert any("alert(" in text for text in options.all_inner_texts())
    page.keyboard.press("ArrowDown")
    watched.note("", page)


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
    captions = [text for path in site_dir.rglob("*.vtt") if "攻0" in (text := path.read_text("utf-8"))]
    assert len(captions) == 2
    for text in captions:
        assert not re.search(r"<|STYLE|REGION|NOTE|region:", text)


def test_no_file_of_the_site_bears_the_name_that_an_attacker_gave_it(site_dir: Path) -> None:
    names = [path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/+-]+", name)] == []
    media = [path for path in (site_dir / "media").iterdir() if path.suffix != ".vtt"]
    assert not any(b"onload=alert(0)" in path.read_bytes() for path in media)

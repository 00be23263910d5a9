"""After a switch: styles and scripts of the release before are there still, and nothing else of it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from .server import free_port, listening, made, running

STYLE = "assets/stylesheets/site.0123abcd.css"
GONE = (
    "cases/gone/index.html",
    "media/0123456789abcdef01234567.jpg",
    "search/x/b1/b160b21850c73a.json",
    "assets/logo.svg",
)


def released(target_dir: Path, name: str, paths: tuple[str, ...]) -> None:
    for path in ("index.html", "404.html", *paths):
        file = target_dir / "releases" / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name}: {path}", "utf-8")


@pytest.mark.parametrize("below", ["/", "/education/cases/"])
def test_a_page_that_was_opened_before_a_switch_finds_its_style(root: Path, tmp_path: Path, below: str) -> None:
    target_dir, port = tmp_path / "srv", free_port()
    released(target_dir, "one", (STYLE, *GONE))
    released(target_dir, "two", ())
    (target_dir / "current").symlink_to("releases/one")
    text = (
        (root / "mkdocs.yml").read_text("utf-8").replace("https://showcase.example.org/", f"http://example.org{below}")
    )
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    configuration = made(tmp_path / "mkdocs.yml", target_dir, *listening(port))
    if below != "/":
        (target_dir / "education").mkdir()
        (target_dir / "education" / "cases").symlink_to("../current")
    with running(tmp_path / "nginx", configuration, port) as nginx:
        before = nginx.get(f"{below}{STYLE}")
        assert (before.status, "immutable" in before.headers["cache-control"]) == (200, True)
        assert nginx.get(f"{below}assets/none.0123abcd.css").status == 404

        (target_dir / "previous").symlink_to("releases/one")
        (target_dir / "new").symlink_to("releases/two")
        (target_dir / "new").replace(target_dir / "current")
        after = nginx.get(f"{below}{STYLE}")
        assert (after.status, after.body) == (200, f"one: {STYLE}".encode())
        assert after.headers["content-type"] == "text/css; charset=utf-8"
        assert after.headers["content-security-policy"] == before.headers["content-security-policy"]
        for path in GONE:
            assert nginx.get(f"{below}{path}").status == 404, path
        assert nginx.get("/previous/index.html").status == 404
        assert nginx.get(f"{below}assets/..%2f..%2fprevious/site.0123abcd.css").status in (400, 404)

        (target_dir / "releases" / "one").rename(target_dir / "gone")  # purged
        missing = nginx.get(f"{below}{STYLE}")
        assert (missing.status, missing.body) == (404, b"two: 404.html")
        assert nginx.faults == []

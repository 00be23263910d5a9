"""A link of the site that leads to nothing stops the build; one of a case costs at most that link."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import MakeProject
from generator import pipeline
from generator.built import Built
from generator.errors import RenderError
from generator.pages import links
from generator.settings import read_settings

CASE = "yueyang-2021/quyuan-nineteen-pupils"


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(CASE, "hunan-2020-tkbtx/huaihua-village-loudspeaker")


def build(project: Path) -> Built:
    return pipeline.build(read_settings(project / "mkdocs.yml"))


def add(file: Path, words: str) -> None:
    file.write_text(file.read_text("utf-8") + words, "utf-8")


def test_a_template_that_leads_nowhere_stops_the_build_and_the_old_site_stands(project: Path) -> None:
    build(project)
    before = (project / "site" / "about" / "index.html").read_bytes()
    add(project / "theme" / "templates" / "list.html", '<a href="{{ root }}nowhere/">x</a>')
    with pytest.raises(RenderError) as stopped:
        build(project)
    assert stopped.value.exit_code == 3
    told = str(stopped.value)
    assert "个指向 /nowhere/；请改正模板 list.html" in told
    assert told.count("\n") <= 12
    assert (project / "site" / "about" / "index.html").read_bytes() == before
    assert not list((project / "site").rglob("nowhere"))


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("/nothing/", "/nothing/"),
        ("#nowhere", "/about/#nowhere"),
        ("/cases/#nowhere", "/cases/#nowhere"),
        ("faq.md", "/about/faq.md"),
    ],
)
def test_prose_that_leads_nowhere_stops_the_build_and_names_its_file(project: Path, link: str, target: str) -> None:
    add(project / "docs" / "site" / "about.md", f"\n见[说明]({link})。\n")
    with pytest.raises(RenderError, match="有站内链接没有对应的") as stopped:
        build(project)
    assert f"页面 /about/指向 {target}；请改正 about.md" in str(stopped.value)


def test_prose_leads_to_pages_of_the_site_by_their_address(project: Path) -> None:
    add(project / "docs" / "site" / "about.md", "\n见[全部案例](/cases/)和[正文](#content)。\n")
    build(project)
    page = (project / "site" / "about" / "index.html").read_text("utf-8")
    assert '<a href="../cases/">全部案例</a>' in page
    assert '<a href="#content">正文</a>' in page


def test_a_case_that_leads_nowhere_is_told_and_the_site_goes_out_without_the_link(project: Path) -> None:
    add(project / "cases" / CASE / "index.md", "\n见[课表](/timetable/)和[这里](#nowhere)，另见[开头](#s1)。\n")
    built = build(project)
    told = [one for one in built.verdict.diagnostics if one.code == "LNK006"]
    assert [one.case_id for one in told] == [CASE, CASE]
    page = (project / "site" / "cases" / CASE / "index.html").read_text("utf-8")
    assert "课表" in page and "timetable" not in page and "#nowhere" not in page
    assert '<a href="#s1">开头</a>' in page


def test_a_file_that_a_case_lacks_withholds_that_case_alone(project: Path) -> None:
    add(project / "cases" / CASE / "index.md", "\n见[课表](attachments/none.pdf)。\n")
    built = build(project)
    assert built.verdict.withheld == {CASE}
    assert not (project / "site" / "cases" / CASE).exists()


def test_a_second_build_reads_no_page_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)

    def read(*_: object) -> object:
        raise AssertionError("a page was read again")

    monkeypatch.setattr("generator.pages.render.leads_of", read)
    monkeypatch.setattr("generator.pages.linkcheck.dead_links", read)
    monkeypatch.setattr(links.Leads, "of_json", read)
    assert pipeline.build(read_settings(project / "mkdocs.yml"), anew=True).made_nothing


def test_what_leads_to_a_page_that_went_is_found_though_it_is_as_it_was(project: Path) -> None:
    add(project / "docs" / "site" / "about.md", "\n见[说明](/accessibility/)。\n")
    build(project)
    (project / "docs" / "site" / "accessibility.md").unlink()
    with pytest.raises(RenderError, match="个指向 /accessibility/；请改正页面框架"):
        build(project)

"""The generators that a build of ours is compared with, and the same cases written as each of them wants them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benches.measure import BENCH_DIR, NotMeasuredError
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Submission

HUGO = {"hugo": "0.168.0"}
MATERIAL = {"mkdocs-material": "9.8.0", "jieba": "0.42.1"}

_DIR = BENCH_DIR / "generators"
_LAYOUTS = Path(__file__).parent / "hugo"
_MAIN = re.compile(r"(<main\b[^>]*>).*(</main>)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A generator with its project."""

    name: str
    version: str
    command: tuple[str, ...]
    folder: Path
    output_dir: Path
    least_pages: int  # with fewer it has not done its work


def hugo(cases_dir: Path, our_site_dir: Path, folder: Path) -> Generator:
    """Hugo with layouts of the same content, its pages in the frame that ours have in *our_site_dir*.

    Raises:
        NotMeasuredError: it cannot be installed.
    """
    program = _installed("hugo", HUGO) / "hugo"
    shutil.copytree(_LAYOUTS, folder)
    (folder / "layouts" / "_default" / "baseof.html").write_text(_frame(our_site_dir), "utf-8")
    cases = _cases(cases_dir)
    for one in cases:
        path = folder / "content" / "cases" / one.campaign_id / f"{one.id.rpartition('/')[2]}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(_flat(one), one.body.text), "utf-8")
    return Generator(
        name="Hugo",
        version=HUGO["hugo"],
        command=(str(program), "--quiet", "--destination", "public"),
        folder=folder,
        output_dir=folder / "public",
        least_pages=len(cases),
    )


def material(cases_dir: Path, folder: Path) -> Generator:
    """mkdocs-material with its search, cases out of its navigation, whose cost grows with their square.

    Raises:
        NotMeasuredError: it cannot be installed.
    """
    program = _installed("material", MATERIAL) / "mkdocs"
    folder.mkdir()
    settings = {
        "site_name": "岳阳市教育信息化成果交流展示网",
        "site_url": "https://showcase.example.org/",
        "theme": {"name": "material", "language": "zh", "font": False},
        "nav": ["index.md"],
        "plugins": ["search", "tags"],
        "markdown_extensions": ["tables", "footnotes", "attr_list", "toc"],
        "validation": {"omitted_files": "ignore"},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    cases = _cases(cases_dir)
    for one in cases:
        path = folder / "docs" / "cases" / one.campaign_id / f"{one.id.rpartition('/')[2]}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = _flat(one)
        front = {"title": front["title"], "tags": [*front["level"], *front["category"], *front["region"]]}
        path.write_text(_page(front, f"# {front['title']}\n\n{one.body.text}"), "utf-8")
    (folder / "docs" / "index.md").write_text("# 案例\n", "utf-8")
    return Generator(
        name="mkdocs-material",
        version=MATERIAL["mkdocs-material"],
        command=(str(program), "build", "--quiet"),
        folder=folder,
        output_dir=folder / "site",
        least_pages=len(cases),
    )


def _installed(name: str, versions: dict[str, str]) -> Path:
    """The folder of programs of an environment with those packages, made once."""
    folder = _DIR / f"{name}-{'-'.join(versions.values())}"
    if not (folder / "ready").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [*pip, *(f"{package}=={version}" for package, version in versions.items())],
        ):
            child = subprocess.run(command, capture_output=True, text=True, check=False)
            if child.returncode:
                lines = (child.stderr or child.stdout).strip().splitlines() or [f"exit code {child.returncode}"]
                raise NotMeasuredError(f"{name} cannot be installed: {lines[-1]}")
        (folder / "ready").touch()
    return folder / "bin"


def _cases(cases_dir: Path) -> list[Submission]:
    return [one for one in read_catalog(cases_dir).submissions if one.case and one.case.is_public]


def _flat(one: Submission) -> dict[str, Any]:
    """The fields of a case as taxonomies want them; empty where it has none."""
    case = one.case
    assert case is not None
    honours = [{"level": honor.level, "grade": honor.grade, "year": honor.year} for honor in case.honors]
    fields: dict[str, Any] = {
        "title": case.title,
        "date": str(case.published or "2021-01-01"),
        "unit": [case.unit.name],
        "region": [case.unit.region] if case.unit.region else [],
        "category": [case.category] if case.category else [],
        "level": sorted({honor["level"] for honor in honours if honor["level"]}),
        "grade": sorted({honor["grade"] for honor in honours if honor["grade"]}),
        "year": sorted({str(honor["year"]) for honor in honours}),
        "topic": list(case.topics),
        "stage": list(case.stage),
        "subject": list(case.subject),
        "keywords": list(case.keywords),
        "authors": [{"name": author.name, "unit": author.unit} for author in case.authors],
        "summary": case.summary,
        "self_review": case.self_review,
        "honors": honours,
    }
    return {name: value for name, value in fields.items() if value}


def _page(front: dict[str, Any], text: str) -> str:
    return f"---\n{yaml.dump(front, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)}---\n\n{text}"


def _frame(our_site_dir: Path) -> str:
    """What stands around the content of our pages, as a template of Hugo, so that both write about as much."""
    text = (our_site_dir / "about" / "index.html").read_text("utf-8").replace("../", "/").replace("{{", "{ {")
    with_hole = _MAIN.sub(r'\1{{ block "main" . }}{{ end }}\2', text)
    return re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", with_hole, flags=re.DOTALL)

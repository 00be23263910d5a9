"""What several rooms' tests share: the repository, its site as scripts/test built it, a browser, small projects to break."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from chromium import FLAGS, executable
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from generator.pages.admin.fetching import fetch_program
from generator.pages.admin.program import find_program
from generator.store import Store

# Timing never decides a test, however busy the machine is.
settings.register_profile("showcase", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("showcase")

ROOT = Path(__file__).parent.parent

SMALL = ("yueyang-2021/quyuan-nineteen-pupils", "hunan-2020-tkbtx/huaihua-village-loudspeaker")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where nothing may be skipped, a test that skips itself has failed: what it needs is to be installed."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("SHOWCASE_SKIP_NOTHING") == "1":
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: 本次运行不允许跳过任何测试。{reason}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The site of cases/, as `scripts/test` built it before the tests."""
    folder = root / "site"
    assert (folder / "index.html").is_file(), "run scripts/build first (scripts/test does)"
    return folder


@pytest.fixture(scope="session")
def editors_program(root: Path) -> Store:
    """The store of the repository, with the program of the editors' page, which npm brings once."""
    store = Store(root / ".showcase" / "store")
    if find_program(store) is None:
        fetch_program(store)
    return store


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield chromium
        chromium.close()


MakeProject = Callable[..., Path]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Makes a project with some of the sample cases; it shares the repository's store unless told not to."""

    def make(*cases: str, name: str = "project", own_store: bool = False) -> Path:
        return laid_out(tmp_path / name, *cases, own_store=own_store)

    return make


def laid_out(folder: Path, *cases: str, calls: Iterable[str] = (), own_store: bool = False) -> Path:
    """A project in *folder*, which is new: the settings, the theme, those cases and their calls, and *calls* without cases."""
    folder.mkdir()
    for part in ("mkdocs.yml", "theme", "docs/site"):
        source = ROOT / part
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    (folder / "cases").mkdir()
    for file in ("regions.yml", "vocabulary.yml"):
        shutil.copy(ROOT / "cases" / file, folder / "cases" / file)
    campaigns = {case.split("/")[0] for case in cases or SMALL}
    for campaign in campaigns | {"exhibition-4", "exhibition-4-2021", *calls}:
        (folder / "cases" / campaign).mkdir()
        for file in ("campaign.yml", "notice.md"):
            shutil.copy(ROOT / "cases" / campaign / file, folder / "cases" / campaign / file)
    for case in cases or SMALL:
        shutil.copytree(ROOT / "cases" / case, folder / "cases" / case)
    if not own_store:
        (folder / ".showcase").mkdir()
        (ROOT / ".showcase" / "store").mkdir(parents=True, exist_ok=True)
        (folder / ".showcase" / "store").symlink_to(ROOT / ".showcase" / "store")
    return folder


def git(folder: Path, *words: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Git as an editor runs it in *folder*; it ends with *code*, unless that is None."""
    identity = ("-c", "user.name=editor", "-c", "user.email=editor@localhost")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=False, env=env)
    assert code is None or done.returncode == code, done.stderr
    return done


@pytest.fixture
def clone(make_project: MakeProject, root: Path) -> Path:
    """A repository of a small project with our scripts, its first commit made, on its branch main."""
    folder = make_project(name="clone")
    shutil.copytree(root / "scripts", folder / "scripts", symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(root / name, folder / name)
    (folder / ".venv").symlink_to(root / ".venv")
    installed = (root / ".venv" / ".installed-requirements-dev.lock").read_text().strip()
    wanted = hashlib.sha256(
        b"".join((root / name).read_bytes() for name in ("requirements-dev.lock", "pyproject.toml"))
    )
    # Otherwise the scripts would install this folder over the repository itself.
    assert installed == wanted.hexdigest(), "run scripts/install requirements-dev.lock"
    (folder / ".gitignore").write_text(".showcase\n.venv\nout\n__pycache__\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    return folder

"""`showcase import` as an editor types it: in a confined worker, with a report and a check, and an exit code to go by."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import MakeProject

from .corpus import recommendation_form, with_papers


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), *words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_form_and_a_report_become_a_case_that_passes(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    sent = tmp_path / "sent"
    sent.mkdir()
    files = recommendation_form(sent)
    office = tmp_path / "office"
    words = [
        "import", *map(str, files), "--campaign", "yueyang-2021", "--category", "学校", "--private-out", str(office),
        "--slug", "pingjiang-one-table",
    ]  # fmt: skip
    done = run(project, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "已写入 cases/yueyang-2021/pingjiang-one-table" in done.stdout
    assert "没有丢失内容" in done.stdout
    assert "错误 0 处" in done.stdout
    (kept,) = office.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    again = run(project, *words)
    assert again.returncode == 2
    assert "已经有了" in again.stderr


def test_a_zip_is_taken_with_all_that_is_in_it(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    sent = tmp_path / "sent"
    sent.mkdir()
    with_papers(sent)
    archive = tmp_path / "sent.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for path in sorted(sent.rglob("*")):
            if path.is_file():
                package.write(path, path.relative_to(sent).as_posix())
        package.writestr("../../../etc/evil.jpg", b"x")
    done = run(
        project, "import", str(archive), "--campaign", "yueyang-2021", "--category", "学校", "--slug", "with-papers"
    )
    assert done.returncode == 1  # the film is none, which check says
    folder = project / "cases" / "yueyang-2021" / "with-papers"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"index.md", "media/ke-tang-shi-lu.mp4", "media/ke-tang-shi-lu.srt", "media/hu-bian-de-ke-tang.jpg"} < names
    assert "attachments/she-bei-shi-yong-guan.docx" in names
    assert "media/evil.jpg" in names  # by its name alone, inside the case
    assert not list(tmp_path.rglob("etc"))

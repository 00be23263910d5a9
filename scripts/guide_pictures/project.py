"""A small project in which the commands of the guides really run, and a Word file as a school would send it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent.parent
_CASES = ("yueyang-2021/quyuan-nineteen-pupils", "yueyang-2021/nanhu-reading-pavilion")
_CALLS = ("yueyang-2021", "exhibition-4-2021", "exhibition-4")
_CASE = "cases/yueyang-2021/miluo-rainy-corridor"

_FORM = {
    "案例名称": "雨天也出操：示例小学的走廊运动账",
    "申报单位（加盖公章）": "汨罗市示例小学",
    "负责人信息：姓名": "焦示例",
    "负责人信息：职务": "校长",
    "案例撰写人员": "焦示例、祝示范",
    "案例简介": "学校操场小，雨天多。用走廊地面的编号和班级屏幕上的路线，把雨天的课间操排成六条路线。",
}
_TEXT = {
    "摘要": "一年里雨天课间活动时间由平均4分钟增加到21分钟，没有多占一间教室。",
    "案例背景": "学校有18个班，操场只有半个，一年有一百多天下雨。",
    "解决的关键问题": "雨天没有地方活动，也没有人知道谁没有动。",
    "技术方案": "走廊地面贴编号，班级屏幕显示路线，值日生用平板点名。",
    "工作机制（措施）": "每周换一次路线，由体育组排。",
    "成果（成效）与创新点": "雨天活动时间由4分钟增加到21分钟，冲撞受伤由7次降到1次。",
    "下一步发展的打算": "把路线图交给体育组继续做。",
    "自评": "新在不添场地；不足是低年级点名慢。",
}


class Project:
    """Made when it is first asked for; *folder* is empty and its owner removes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = folder / "showcase"
        self._imported: list[tuple[str, str]] | None = None

    def imported(self) -> list[tuple[str, str]]:
        """The import of a Word file, a photograph and a form with a seal."""
        if self._imported is None:
            self._lay_out()
            self._write_mail()
            line = (
                "showcase import ~/收件/雨天也出操 --campaign yueyang-2021 --category 学校 "
                "--slug miluo-rainy-corridor --private-out ~/登记簿"
            )
            said = self._showcase(*line.replace("~", str(self.folder)).split()[1:])
            self._imported = [(f".venv/bin/{line}", said)]
        return self._imported

    def checked(self) -> list[tuple[str, str]]:
        """The check of that case with some faults in it."""
        self._spoil()
        line = f"showcase check {_CASE}"
        return [(f".venv/bin/{line}", self._showcase(*line.split()[1:]))]

    def answer(self) -> str:
        """What comes back to the school: the report on the same case, as Markdown."""
        self._spoil()
        return self._showcase("check", "--format", "markdown", _CASE)

    def _spoil(self) -> None:
        """A telephone in the text and a part under another name; what an editor adds is there."""
        self.imported()
        index = self._root / _CASE / "index.md"
        text = index.read_text("utf-8")
        if "consent:" not in text:
            agreed = "consent: {given: true, date: 2021-10-12, scope: [公开]}\noriginal: true\nstatus: 草稿"
            text = text.replace("status: 草稿", agreed, 1).replace("待写：这张图片的内容", "值日生在走廊口点名")
            text = text.replace("由体育组排。", "由体育组排，路线图请打13800138000索取。")
            index.write_text(text.replace("## 技术方案", "## 买了什么"), "utf-8")

    def nights(self) -> list[tuple[str, str]]:
        """A night with something new, one without, and what is kept."""
        self._lay_out()
        shutil.rmtree(self._root / _CASE, ignore_errors=True)
        shutil.copytree(ROOT / "docs" / "site", self._root / "docs" / "site", dirs_exist_ok=True)  # with new pictures
        clone, target = self.folder / "clone", self.folder / "srv"
        for line in (
            f"git init -q -b main {self._root}",
            f"git -C {self._root} add -A",
            f"git -C {self._root} -c user.name=x -c user.email=x@example.org commit -qm cases",
            f"git clone -q {self._root} {clone}",
        ):
            subprocess.run(line.split(), check=True, capture_output=True)
        self._install(clone)
        told = {**os.environ, "SHOWCASE_TARGET": str(target)}
        night = "SHOWCASE_TARGET=/srv/showcase scripts/nightly"
        said = [(night, self._run([str(clone / "scripts" / "nightly")], clone, told)) for _ in range(2)]
        said.append((".venv/bin/showcase releases /srv/showcase", self._showcase("releases", str(target))))
        return [(line, answer.replace(str(target), "/srv/showcase")) for line, answer in said]

    def _lay_out(self) -> None:
        if self._root.exists():
            return
        for name in ("theme", "docs/site"):
            shutil.copytree(ROOT / name, self._root / name)
        for name in (
            "mkdocs.yml",
            ".gitignore",
            "requirements.lock",
            "pyproject.toml",
            "cases/regions.yml",
            "cases/vocabulary.yml",
        ):
            (self._root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self._root / name)
        for name in ("nightly", "build", "install"):
            (self._root / "scripts").mkdir(exist_ok=True)
            shutil.copy(ROOT / "scripts" / name, self._root / "scripts" / name)
        for call in _CALLS:
            (self._root / "cases" / call).mkdir()
            for name in ("campaign.yml", "notice.md"):
                shutil.copy(ROOT / "cases" / call / name, self._root / "cases" / call / name)
        for case in _CASES:
            shutil.copytree(ROOT / "cases" / case, self._root / "cases" / case)
        self._install(self._root)

    def _install(self, folder: Path) -> None:
        """An environment that counts as installed, and the store of the repository."""
        (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        showcase = folder / ".venv" / "bin" / "showcase"
        showcase.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n')
        showcase.chmod(0o755)
        locked = (folder / "requirements.lock").read_bytes() + (folder / "pyproject.toml").read_bytes()
        (folder / ".venv" / ".installed-requirements.lock").write_text(hashlib.sha256(locked).hexdigest())
        (folder / ".showcase").mkdir(exist_ok=True)
        (folder / ".showcase" / "store").symlink_to((ROOT / ".showcase" / "store").resolve())

    def _write_mail(self) -> None:
        """The call's own template, filled in, with a photograph beside it that has a name and one that has none."""
        sent = self.folder / "收件" / "雨天也出操"
        sent.mkdir(parents=True)
        for name, size_px in (("雨天的走廊跑道.jpg", (3000, 2100)), ("IMG_2031.JPG", (1600, 1200))):
            photo = Image.effect_noise(size_px, 70).convert("RGB")
            ImageDraw.Draw(photo).rectangle((200, 200, 900, 700), fill=(96, 180, 190))
            photo.save(sent / name, "JPEG", quality=98, subsampling=0)
        (sent / "推荐表（盖章扫描件）.pdf").write_bytes(b"%PDF-1.4\n")
        document = docx.Document(str(ROOT / "site" / "campaigns" / "yueyang-2021" / "template.docx"))
        for row in document.tables[0].rows:
            row.cells[1].text = _FORM.get(row.cells[0].text, "")
        heading = ""
        for paragraph in document.paragraphs:
            style = paragraph.style.name if paragraph.style else ""
            if style == "Title":
                paragraph.runs[0].text = _FORM["案例名称"]
            elif style and style.startswith("Heading"):
                heading = paragraph.text
            elif not paragraph.text and heading in _TEXT:
                paragraph.add_run(_TEXT[heading])
        document.save(str(sent / "雨天也出操.docx"))

    def _showcase(self, *words: str) -> str:
        said = self._run(
            [sys.executable, "-m", "generator", *words], self._root, {**os.environ, "PYTHONPATH": str(ROOT)}
        )
        return said.replace(str(self.folder), "~")

    def _run(self, words: list[str], folder: Path, environment: dict[str, str]) -> str:
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        if done.returncode > 1:
            raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
        return done.stdout

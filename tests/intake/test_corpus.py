"""Every file of the corpus comes out as a person who reads it would have it, and what was lost is said."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, get_args

import frontmatter
import pytest
from PIL import Image

from generator.catalog.body import read_body
from generator.catalog.reader import read_catalog
from generator.check.privacy import PrivateKind
from generator.intake.casefile import KINDS, MOVED, _safe
from generator.intake.draft import Draft
from generator.intake.gathering import IntakeError
from generator.intake.importing import import_case
from generator.intake.loss import Imported, unaccounted
from generator.intake.sorter import Private
from generator.intake.words import Counted, Paragraph, Span, WordFile
from generator.store import Store

from .corpus import CORPUS, Labelled
from .word import Word, photograph, text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHARED = ("regions.yml", "vocabulary.yml")


@pytest.fixture
def cases_dir(tmp_path: Path, root: Path) -> Path:
    """Calls without cases, in a repository of their own."""
    folder = tmp_path / "repository" / "cases"
    for source in (root / "cases").glob("*/campaign.yml"):
        (folder / source.parent.name).mkdir(parents=True)
        (folder / source.parent.name / "campaign.yml").write_bytes(source.read_bytes())
    for name in SHARED:
        (folder / name).write_bytes((root / "cases" / name).read_bytes())
    return folder


def imported(one: Labelled, cases_dir: Path, tmp_path: Path, sent: list[Path] | None = None) -> Imported:
    """The file, made unless it is given, and imported in this process."""
    if sent is None:
        (tmp_path / "sent").mkdir()
        sent = one.make(tmp_path / "sent")
    store = Store(tmp_path / "store")
    return import_case(
        sent, one.campaign, read_catalog(cases_dir), cases_dir, store,
        workers=0, private_dir=tmp_path / "office",
    )  # fmt: skip


@pytest.mark.parametrize("one", CORPUS, ids=[one.name for one in CORPUS])
def test_a_file_is_imported_as_a_person_reads_it(one: Labelled, cases_dir: Path, tmp_path: Path) -> None:
    done = imported(one, cases_dir, tmp_path)
    source = (done.folder / "index.md").read_text("utf-8")
    post = frontmatter.loads(source)
    case: dict[str, Any] = post.metadata
    body = read_body(post.content)
    assert case["title"] == one.title
    assert [(heading.level, heading.text) for heading in body.headings] == one.headings
    assert [(shown["alt"], shown.get("caption", "")) for shown in case.get("pictures", [])] == one.pictures
    assert _tables(source) == one.tables
    for key, value in one.front.items():
        assert case[key] == value, key
    for words in one.says:
        assert words in source
    kept = done.private_file.read_text("utf-8") if done.private_file else ""
    everything = "".join(path.read_text("utf-8", "ignore") for path in done.folder.rglob("*") if path.is_file())
    for words in one.private:
        assert words in kept
        assert words not in everything
    for words in one.gone:
        assert words not in everything + kept
    told = done.told(cases_dir.parent)
    for words in one.remarks:
        assert words in told
    assert "这段文字没有导入" not in told
    for shown in case.get("pictures", []):
        assert (done.folder / shown["file"]).is_file()
    assert body.omitted_html == ()


LIBREOFFICE = Path(__file__).parent / "libreoffice"


@pytest.mark.parametrize(
    "folder", sorted(path for path in LIBREOFFICE.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_a_file_that_libreoffice_wrote_says_the_same(folder: Path, cases_dir: Path, tmp_path: Path) -> None:
    one = next(one for one in CORPUS if one.make.__name__ == folder.name)
    done = imported(one, cases_dir, tmp_path, [folder])
    source = (done.folder / "index.md").read_text("utf-8")
    post = frontmatter.loads(source)
    assert post["title"] == one.title
    assert [(heading.level, heading.text) for heading in read_body(post.content).headings] == one.headings
    assert _tables(source) == one.tables
    assert {key: post.get(key) for key in one.front} == one.front
    kept = done.private_file.read_text("utf-8") if done.private_file else ""
    assert all(words in kept and words not in source for words in one.private)
    assert all(words in source for words in one.says)
    assert "这段文字没有导入" not in done.told(cases_dir.parent)


def _tables(source: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = []
    for block in re.findall(r"(?:^\|.*\|$\n?)+", source, re.M):
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in block.splitlines()]
        found.append([rows[0], *rows[2:]])
    return found


def test_pictures_are_cut_turned_upright_and_clean(cases_dir: Path, tmp_path: Path) -> None:
    one = next(one for one in CORPUS if one.name == "cropped and turned pictures")
    done = imported(one, cases_dir, tmp_path)
    cut, turned, mirrored, side, whole = (
        Image.open(io.BytesIO((done.folder / "media" / f"picture-{number}.jpg").read_bytes())) for number in range(1, 6)
    )
    assert cut.size == (200, 225)
    assert _is(cut.getpixel((195, 220)), "red")  # neither the green half nor the blue foot came along
    assert turned.size == (300, 400)
    assert _is(turned.getpixel((20, 200)), "blue")  # a quarter with the clock: the foot lies left
    assert mirrored.size == (400, 300)
    assert _is(mirrored.getpixel((20, 20)), "green")
    assert side.size == (300, 400)
    assert whole.size == (400, 300)
    for image in (cut, turned, mirrored, side, whole):
        assert not image.getexif()


def _is(pixel: object, colour: str) -> bool:
    assert isinstance(pixel, tuple)
    return max(range(3), key=lambda at: pixel[at]) == ["red", "green", "blue"].index(colour)


def test_an_uncut_picture_keeps_its_pixels_byte_for_byte(cases_dir: Path, tmp_path: Path) -> None:
    from generator.media.taken import Cut, taken

    data = photograph(place=True)
    clean = taken(data, Cut())
    assert clean.data != data
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean.data)) as after:
        assert before.tobytes() == after.tobytes()
    assert b"\xff\xda" in clean.data
    assert clean.data[clean.data.index(b"\xff\xda") :] == data[data.index(b"\xff\xda") :]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("kingsoft.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked.docx：文件有密码或已加密"),
        ("renamed.docx", OLE + "WordDocument".encode("utf-16-le"), "renamed.docx：旧版 Office 格式"),
        ("cut.docx", b"PK\x03\x04", "cut.docx："),
        ("notes.txt", b"hello", "没有找到 .docx"),
    ],
)
def test_what_cannot_be_read_is_answered_and_nothing_is_written(
    name: str, data: bytes, why: str, cases_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "sent" / name
    file.parent.mkdir()
    file.write_bytes(data)
    before = sorted(cases_dir.rglob("*"))
    with pytest.raises(IntakeError) as raised:
        import_case([file], "yueyang-2021", read_catalog(cases_dir), cases_dir, Store(tmp_path / "store"), workers=0)
    assert why in str(raised.value)
    assert sorted(cases_dir.rglob("*")) == before


def test_a_file_with_macros_is_refused(cases_dir: Path, tmp_path: Path) -> None:
    file = Word(others={"word/vbaProject.bin": b"x"}).add(text("有宏")).save(tmp_path / "macro.docx")
    with pytest.raises(IntakeError, match="宏"):
        import_case([file], "yueyang-2021", read_catalog(cases_dir), cases_dir, Store(tmp_path / "store"), workers=0)


def test_private_answers_never_go_into_the_repository(cases_dir: Path, tmp_path: Path) -> None:
    file = Word().add(text("一段")).save(tmp_path / "a.docx")
    with pytest.raises(IntakeError, match="仓库里面"):
        import_case(
            [file], "yueyang-2021", read_catalog(cases_dir), cases_dir, Store(tmp_path / "store"),
            workers=0, private_dir=cases_dir.parent / "office",
        )  # fmt: skip


def test_words_that_came_to_nothing_are_reported(cases_dir: Path, tmp_path: Path) -> None:
    blocks = tuple(Paragraph(spans=(Span(text=words),)) for words in ("第一段。", "第二段。", "第三段。"))
    file = WordFile(blocks=blocks, notes=(), pictures=(), remarks=(), counted=Counted())
    draft = Draft(
        title="题目",
        texts={"summary": "第二段。"},
        private=(),
        blocks=blocks[:1],
        notes={},
        gallery=(),
        dropped=(),
        remarks=(),
    )
    assert unaccounted([file], draft) == ["第三段。"]


def test_every_kind_of_private_datum_has_a_name_and_is_moved_out() -> None:
    assert set(KINDS) == set(get_args(PrivateKind))
    private: list[Private] = []
    text = _safe("打13900000011，或写信到 a@example.com，QQ：123456789。", "正文", private)
    assert text.count(MOVED) == 3
    assert [one.label for one in private] == ["手机号码", "电子邮箱", "QQ号"]

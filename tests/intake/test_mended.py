"""What editors' programs leave is mended, nothing else moves, and mending twice is mending once."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.catalog.body import read_body
from generator.catalog.document import read_document
from generator.intake.mending.document import FIELDS, Mended, mended
from generator.intake.mending.encoding import decoded
from generator.intake.mending.names import ascii_name, new_paths

RENAMES = {"media/图1.JPG": "media/tu-1.jpg", "media/a b.png": "media/a-b.png", "media/课.srt": "media/ke.vtt"}
TEXT = "---\ntitle: 校园广播站\nunit:\n  name: 示例小学\n---\n\n## 背景\n\n学校有1268名学生。\n"


def of(text: str, *, takes_private: bool = False) -> Mended:
    done = mended(text.encode(), RENAMES, takes_private=takes_private)
    assert done is not None
    return done


def front(*lines: str) -> str:
    return "---\n" + "\n".join(lines) + "\n---\n\n正文\n"


def read(text: str) -> dict[str, Any]:
    document = read_document(text.encode(), FIELDS.all)
    assert document.is_readable, document.problems
    return dict(document.front)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "去掉开头的字节顺序标记（BOM）"),
        (TEXT.encode("gbk"), "编码由 GBK 改为 UTF-8"),
        (TEXT.encode("utf-16"), "编码由 UTF-16 改为 UTF-8"),
        (TEXT.encode("utf-16-le"), "编码由 UTF-16 改为 UTF-8"),
        (TEXT.encode("utf-16-be"), "编码由 UTF-16 改为 UTF-8"),
        (TEXT.replace("\n", "\r\n").encode(), "换行改为 LF"),
        (TEXT.replace("\n", "\r").encode(), "换行改为 LF"),
    ],
)
def test_every_encoding_becomes_utf_8_with_line_feeds(data: bytes, said: str) -> None:
    done = mended(data, {})
    assert done
    assert (done.text, done.changes) == (TEXT, (said,))


def test_utf_8_with_a_broken_byte_is_not_taken_for_chinese_of_windows() -> None:
    sound = "---\ntitle: 校园广播\n---\n".encode()
    first = sound.index("校".encode())
    broken = sound[:first] + sound[first + 2 :]
    assert broken.decode("gb18030").startswith("---\ntitle: ″洯")  # it can be read so, and must not be
    assert mended(broken, {}) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title：午间三分钟", "title: 午间三分钟"),
        ("title：　午间", "title: 午间"),
        ("“title”：午间", "title: 午间"),
        ("title:午间", "title: 午间"),
        ("title: 5G赋能: 县域实践", 'title: "5G赋能: 县域实践"'),
        ("title: 5G赋能: 县域实践  # 注", 'title: "5G赋能: 县域实践"  # 注'),
        ("title: [重磅]学校的做法", 'title: "[重磅]学校的做法"'),
        ("title: @学校", 'title: "@学校"'),
        ("title: %学校", 'title: "%学校"'),
        ("title: *学校*", 'title: "*学校*"'),
        ('title: "午间"三分钟', "title: '\"午间\"三分钟'"),
        ("summary: 原来的: 办法\n  换成新的", 'summary: "原来的: 办法\n  换成新的"'),
        ("unit：\n  name：示例小学", "unit:\n  name: 示例小学"),
        ("unit: {name：示例小学, region:north}\npublished：2021-03-05",
         "unit: {name: 示例小学, region: north}\npublished: 2021-03-05"),
        ("title: 午间\ncategory: 007", 'title: 午间\ncategory: "007"'),
        ("published: 2021/3/5", "published: 2021-03-05"),
        ("published: 2021年3月5日 # 周五", "published: 2021-03-05 # 周五"),
        ("published: '2021.3.5'", "published: '2021-03-05'"),
        ("period: {from: 2019年9月, to: 2021.6}", "period: {from: 2019-09, to: 2021-06}"),
        ("consent: {given: true, date: 2021年10月12日}", "consent: {given: true, date: 2021-10-12}"),
        ("cover: 'media/图1.JPG'", "cover: 'media/tu-1.jpg'"),
        ("videos:\n  - file: x.mp4\n    captions: ./media/课.srt", "videos:\n  - file: x.mp4\n    captions: media/ke.vtt"),
    ],
)  # fmt: skip
def test_the_front_matter_is_mended_at_its_marks(before: str, after: str) -> None:
    done = of(front(before))
    assert done.text == front(after)
    assert done.is_readable
    assert done.changes


@pytest.mark.parametrize(
    "lines",
    [
        "published: 2021/13/5", "published: 三月", "title: 2021/3/5", "topics: [a, b",
        'title: "午间', "self_review: |\n  标题：一\n  手机: 没有\n\n  2021/3/5", "summary: 学校\n  unit名：二",
        "title: 'a：b'   # title：c\n# name:x\nunit:   {name:   x}", "keywords: [2021/3/5, media/图1.JPG]",
    ],
)  # fmt: skip
def test_what_is_no_fault_or_no_clear_one_stays_byte_for_byte(lines: str) -> None:
    done = of(front(lines))
    assert (done.text, done.changes) == (front(lines), ())


def test_references_of_the_body_follow_their_files_and_examples_do_not() -> None:
    body = (
        '![甲](media/图1.JPG "图1 media/图1.JPG") [乙](<media/a b.png>) ![丙](media/%E5%9B%BE1.JPG#x)\n\n'
        "`![甲](media/图1.JPG)`，见 media/图1.JPG\n\n```\n![甲](media/图1.JPG)\n```\n\n[丁]: media/图1.JPG\n\n[丁]\n"
    )
    done = of(front("title: 甲") + body)
    assert done.text == front("title: 甲") + (
        '![甲](media/tu-1.jpg "图1 media/图1.JPG") [乙](<media/a-b.png>) ![丙](media/tu-1.jpg#x)\n\n'
        "`![甲](media/图1.JPG)`，见 media/图1.JPG\n\n```\n![甲](media/图1.JPG)\n```\n\n[丁]: media/tu-1.jpg\n\n[丁]\n"
    )


def test_private_fields_are_named_and_stay_until_there_is_a_place_for_them() -> None:
    text = front("title: 甲", "手机: 13800001111  # 王", "authors:", "  - {name: 甲, phone: 8880001, role: 行政}",
                 "  - email: a@example.org", "    name: 乙", "unit:", "  name: 示例小学", "  address: |", "    示例路",
                 "    18号", "# 注", "status: 草稿")  # fmt: skip
    left = of(text)
    assert left.text == text
    assert [one.name for one in left.private] == ["手机", "authors.phone", "authors.email", "unit.address"]
    assert len(left.notes) == 4
    taken = of(text, takes_private=True)
    assert taken.text == front("title: 甲", "authors:", "  - {name: 甲, role: 行政}", "  - name: 乙", "unit:",
                               "  name: 示例小学", "# 注", "status: 草稿")  # fmt: skip
    assert [one.content for one in taken.private] == [
        "13800001111",
        "8880001",
        "a@example.org",
        "|\n    示例路\n    18号",
    ]
    assert "13800001111" not in "".join(taken.changes)


WORDS = st.text(st.sampled_from("学校a5: #'\"[]{}@%&*!|>-,：“”，。 \\?`"), max_size=12)
VALUES = st.one_of(
    WORDS,
    st.sampled_from(["2021/3/5", "2021年3月5日", "2021-03-05", "007", "media/图1.JPG", "'media/图1.JPG'", "|", ">", "",
                     "[甲, 乙]", "{name: 甲, phone: 1380000}", "{name：甲}", '"a: b"', "true"]),
)  # fmt: skip
KEYS = st.sampled_from(
    "title summary published updated cover unit authors phone 手机 category self_review period name file x".split()
)
LINES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "  - ", "    "]),
    KEYS,
    st.sampled_from([":", ": ", ": ", ": ", "：", " :"]),
    VALUES,
    st.sampled_from(["", "", " # 注"]),
)
BODIES = st.lists(
    st.sampled_from(["正文 title：a", "![甲](media/图1.JPG)", "`x`", "    ![甲](media/图1.JPG)", "| a | b |", "", "```",
                     "[b](<media/a b.png> \"t\")", "---", "手机：1", "<b>x</b>"]), max_size=6
).map("\n".join)  # fmt: skip
TEXTS = st.builds(
    lambda lines, body: "---\n" + "\n".join(lines) + "\n---\n" + body,
    st.lists(st.one_of(LINES, LINES, LINES, WORDS), max_size=7),
    BODIES,
)
SOUND = st.builds(
    lambda lines, body: "---\n" + "\n".join(lines) + "\n---\n" + body,
    st.lists(
        st.sampled_from([
            "title: 课：a", "subtitle: '甲：乙'  # title：注", "summary: 一\n  title：二", "published: 2021/3/5",
            "updated: '2021年3月5日'", "cover: media/图1.JPG", "self_review: |\n  手机: 无\n  2021/3/5\n", "category: 007",
            "period: {from: 2019年9月, to: 2021.6}  # x", "pictures:\n  - file: ./media/图1.JPG\n    alt: '007'",
            "手机: 1380000", "authors:\n- {name: 甲, phone: 1, role: 行政}\n\n# 注\n- name: 乙", "intro: >-\n   折\n   行",
            "unit: {name：示例, region:north}", "keywords: [2021/3/5, 007, media/图1.JPG]", "consent:\n    date:   2021.3.5",
            "topics:\n  [甲,\n 乙]", 'links: [{title: "a: b", url: "https://x.cn/a:b"}]', "status:   草稿   ",
        ]),
        min_size=1, max_size=8, unique_by=lambda line: line.split(":")[0],
    ),
    BODIES,
)  # fmt: skip


@given(st.one_of(TEXTS, SOUND), st.booleans())
@example(front("title：a: b", "“unit”：", "  name:x"), True)
def test_a_second_run_changes_nothing(text: str, takes_private: bool) -> None:
    once = of(text, takes_private=takes_private)
    twice = of(once.text, takes_private=takes_private)
    assert (twice.text, twice.changes) == (once.text, ())


@given(st.binary(max_size=60))
def test_any_bytes_are_mended_once_or_refused(data: bytes) -> None:
    once = mended(data, {})
    if once is not None:
        again = mended(once.text.encode(), {})
        assert again
        assert again.text == once.text


def scalars(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(inner, (*way, key))
    else:
        yield way, value


@given(st.one_of(TEXTS, SOUND))
def test_no_value_and_no_word_becomes_another(text: str) -> None:
    before = read_document(text.encode(), FIELDS.all)
    after = read_document(of(text).text.encode(), FIELDS.all)
    if before.is_readable:
        assert after.is_readable
        new = dict(scalars(dict(after.front)))
        for way, value in scalars(dict(before.front)):
            if way not in new or new[way] != value:
                is_date = way in [
                    ("published",),
                    ("updated",),
                    ("consent", "date"),
                    ("period", "from"),
                    ("period", "to"),
                ]
                is_odd_name = value is None and bool({"：", ":"} & set(str(way[-1])))
                is_meant = is_date or way[-1] in ("cover", "file") or is_odd_name
                assert is_meant, (way, value)
    assert read_body(after.body).text == read_body(before.body).text or not before.is_readable


@given(st.text(max_size=80), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_words_in_any_encoding_come_out_as_they_went_in(words: str, encoding: str) -> None:
    words = words.replace("\r", "").replace("\ufeff", "")
    try:
        data = ("---\n学校的标题和摘要，" + words).encode(encoding)
    except UnicodeEncodeError:
        return
    text = decoded(data)
    assert text.why_not or text.text == "---\n学校的标题和摘要，" + words


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("图1.jpg", "tu-1.jpg"),
        ("IMG_2031.JPG", "img-2031.jpg"),
        ("课堂 实录（终稿）.MP4", "ke-tang-shi-lu-zhong-gao.mp4"),
        ("ＡＢ.png", "ab.png"),
        ("😀.jpg", "file.jpg"),
        ("good-name_1.v2.jpg", "good-name_1.v2.jpg"),
    ],
)
def test_a_name_becomes_its_sounds(name: str, better: str) -> None:
    assert ascii_name(name) == better


@given(st.sets(st.text(st.sampled_from("图tuA1 -._（"), min_size=1, max_size=5).map(lambda name: f"media/{name}.JPG")))
def test_no_two_files_get_one_name_and_new_names_stay(paths: set[str]) -> None:
    moves = new_paths(paths, {}, ["media/tu.jpg"])
    assert moves.keys() == paths  # all end in capitals
    assert len({*moves.values(), *paths, "media/tu.jpg"}) == len(moves) + len(paths) + 1
    assert new_paths(moves.values(), {}) == {}
